import { isObject } from "../../conversation/json-schema/is-object.ts";
import type { JsonObject, VideoBlock } from "../../conversation/types.ts";
import { type BedrockOpenAIError, invalidRequest } from "../../errors.ts";
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
  files: {
    image: ["png", "jpeg", "gif", "webp"],
    audio: ["mp3", "wav", "ogg"],
    video: ["mp4", "mov", "mkv", "webm", "flv", "mpeg", "mpg", "wmv", "three_gp"],
  },
  readsS3: true,
  dimensions: [3072, 1024, 384, 256],
  batch: 1,
  refusesBlank: true,
  hasInputType: true,
  parameters: [
    "embeddingPurpose",
    "embeddingDimension",
    "truncationMode",
    "detailLevel",
    "embeddingMode",
    "singleEmbeddingParams",
  ],
  toBody([input], { own, dimensions, inputType = "search_document" }) {
    const { embeddingPurpose, truncationMode, detailLevel, embeddingMode, singleEmbeddingParams, ...more } =
      own;
    const { embeddingDimension = dimensions, ...rest } = more;
    if (embeddingMode === "AUDIO_VIDEO_SEPARATE") throw twoVectors();
    if (singleEmbeddingParams !== undefined && !isObject(singleEmbeddingParams)) throw noObject();
    const details = { truncationMode, detailLevel, embeddingMode };
    return {
      schemaVersion: "nova-multimodal-embed-v1",
      taskType: "SINGLE_EMBEDDING",
      singleEmbeddingParams: {
        embeddingPurpose: embeddingPurpose ?? PURPOSES[inputType],
        ...(embeddingDimension !== undefined && { embeddingDimension }),
        ...contentOf(input!, details),
        ...singleEmbeddingParams,
      },
      ...rest,
    };
  },
  read({ embeddings, inputTokenCount }) {
    const [first] = Array.isArray(embeddings) ? (embeddings as unknown[]) : [];
    return { vectors: [isObject(first) ? first["embedding"] : undefined], tokens: inputTokenCount };
  },
};

const twoVectors = (): BedrockOpenAIError =>
  invalidRequest(
    "Invalid 'embeddingMode': an answer has one vector for each input, not one of what is seen and one of what is heard.",
    { code: "invalid_value", param: "embeddingMode" },
  );

/** A text would be taken apart into its characters, for every input anew. */
const noObject = (): BedrockOpenAIError =>
  invalidRequest("Invalid type for 'singleEmbeddingParams': expected an object.", {
    code: "invalid_type",
    param: "singleEmbeddingParams",
  });

const USUAL: JsonObject = { truncationMode: "END", embeddingMode: "AUDIO_VIDEO_COMBINED" };

function contentOf({ pieces: [piece] }: Input, details: JsonObject): JsonObject {
  const [kind = "", content] = Object.entries(piece!)[0] ?? [];
  const told = (DETAILS[kind] ?? []).map((name) => [name, details[name] ?? USUAL[name]] as const);
  return {
    [kind]: {
      ...(kind === "text" ? { value: content } : inItsWords(content as VideoBlock)),
      ...Object.fromEntries(told.filter(([, value]) => value !== undefined)),
    },
  };
}

/** Converse has another word for one format. */
const inItsWords = ({ format, source }: VideoBlock): JsonObject => ({
  format: format === "three_gp" ? "3gp" : format,
  source,
});
