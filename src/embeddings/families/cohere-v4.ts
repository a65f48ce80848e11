import type { ContentBlock, JsonObject } from "../../conversation/types.ts";
import type { EmbeddingFamily, Input } from "../family.ts";
import { isText, textOf, toDataUrl } from "../pieces.ts";
import { cohereVectors, typeOf } from "./cohere-vectors.ts";

/** Cohere Embed 4. Pieces of one input become one vector. Source: AWS's guide to Cohere Embed v4. */
export const COHERE_V4: EmbeddingFamily = {
  name: "cohere-v4",
  models: /^cohere\.embed-/,
  files: { image: ["png", "jpeg", "webp", "gif"] },
  fuses: "all",
  dimensions: [1536, 1024, 512, 256],
  batch: 96,
  hasInputType: true,
  parameters: ["truncate", "embedding_types", "max_tokens", "output_dimension"],
  toBody: (inputs, settings) => ({
    input_type: settings.inputType ?? "search_document",
    ...contentOf(inputs),
    ...(settings.dimensions && { output_dimension: settings.dimensions }),
    ...settings.own,
    embedding_types: [typeOf(settings)],
  }),
  read: ({ embeddings }, settings) => ({ vectors: cohereVectors(embeddings, typeOf(settings)) }),
};

/** Mere texts have a place of their own; what is put together goes as lists of pieces. */
function contentOf(inputs: readonly Input[]): JsonObject {
  if (inputs.every((input) => input.pieces.length === 1 && isText(input)))
    return { texts: inputs.map(textOf) };
  return { inputs: inputs.map(({ pieces }) => ({ content: pieces.map(toPart) })) };
}

const toPart = (piece: ContentBlock): JsonObject =>
  piece.text === undefined
    ? { type: "image_url", image_url: { url: toDataUrl(piece) } }
    : { type: "text", text: piece.text };
