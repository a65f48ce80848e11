import { isObject } from "../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../conversation/types.ts";
import type { EmbeddingFamily, Input, InputType } from "../family.ts";

/** What Nova calls what vectors are for. */
const PURPOSES: Readonly<Record<InputType, string>> = {
  search_document: "GENERIC_INDEX",
  search_query: "GENERIC_RETRIEVAL",
  classification: "CLASSIFICATION",
  clustering: "CLUSTERING",
};

/** What each kind of content must or may be told beside it. */
const DETAILS: Readonly<Record<string, readonly string[]>> = {
  text: ["truncationMode"],
  image: ["detailLevel"],
  video: ["embeddingMode"],
};

/** Nova Multimodal Embeddings, one input a call and no longer than 30 seconds. Source: AWS's guide to Nova embeddings. */
export const NOVA_MULTIMODAL: EmbeddingFamily = {
  name: "nova-multimodal",
  models: /^amazon\.nova-.*embeddings/,
  takes: ["text", "image", "audio", "video"],
  dimensions: [3072, 1024, 384, 256],
  batch: 1,
  refusesBlank: true,
  hasInputType: true,
  parameters: ["embeddingPurpose", "truncationMode", "detailLevel", "embeddingMode", "singleEmbeddingParams"],
  toBody([input], { own, dimensions, inputType = "search_document" }) {
    const { embeddingPurpose, truncationMode, detailLevel, embeddingMode, singleEmbeddingParams, ...rest } =
      own;
    const details = { truncationMode, detailLevel, embeddingMode };
    return {
      schemaVersion: "nova-multimodal-embed-v1",
      taskType: "SINGLE_EMBEDDING",
      singleEmbeddingParams: {
        embeddingPurpose: embeddingPurpose ?? PURPOSES[inputType],
        ...(dimensions && { embeddingDimension: dimensions }),
        ...contentOf(input!, details),
        ...(singleEmbeddingParams as JsonObject | undefined),
      },
      ...rest,
    };
  },
  read({ embeddings, inputTokenCount }) {
    const [first] = Array.isArray(embeddings) ? (embeddings as unknown[]) : [];
    return { vectors: [isObject(first) ? first["embedding"] : undefined], tokens: inputTokenCount };
  },
};

const USUAL: JsonObject = { truncationMode: "END", embeddingMode: "AUDIO_VIDEO_COMBINED" };

function contentOf({ pieces: [piece] }: Input, details: JsonObject): JsonObject {
  const [kind = "", content] = Object.entries(piece!)[0] ?? [];
  const told = (DETAILS[kind] ?? []).map((name) => [name, details[name] ?? USUAL[name]] as const);
  return {
    [kind]: {
      ...(kind === "text" ? { value: content } : (content as JsonObject)),
      ...Object.fromEntries(told.filter(([, value]) => value !== undefined)),
    },
  };
}
