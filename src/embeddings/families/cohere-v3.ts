import type { JsonObject } from "../../conversation/types.ts";
import type { EmbeddingFamily, Input, Settings } from "../family.ts";
import { dataUrlOf, isText, textOf } from "../pieces.ts";
import { cohereVectors, typeOf } from "./cohere-vectors.ts";

/** Cohere Embed 3, English and multilingual. Source: AWS's guide to Cohere Embed v3. */
export const COHERE_V3: EmbeddingFamily = {
  name: "cohere-v3",
  models: /^cohere\.embed-(english|multilingual)/,
  files: { image: ["png", "jpeg"] },
  dimensions: [1024],
  batch: 96,
  // One image a call, and no text beside it.
  alone: (input) => !isText(input),
  maxChars: 2048,
  hasInputType: true,
  parameters: ["truncate", "embedding_types"],
  toBody: (inputs, settings) => ({
    ...contentOf(inputs, settings),
    // Its own default is to refuse what is too long; OpenAI's clients cut by other tokens than Cohere's.
    truncate: "END",
    ...settings.own,
    embedding_types: [typeOf(settings)],
  }),
  read: ({ embeddings }, settings) => ({ vectors: cohereVectors(embeddings, typeOf(settings)) }),
};

function contentOf(inputs: readonly Input[], { inputType = "search_document" }: Settings): JsonObject {
  const [first] = inputs;
  return first && !isText(first)
    ? { images: [dataUrlOf(first)], input_type: "image" }
    : { texts: inputs.map(textOf), input_type: inputType };
}
