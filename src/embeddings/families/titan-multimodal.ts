import type { EmbeddingFamily } from "../family.ts";
import { mediaOf, textIn } from "../pieces.ts";

/** Titan Multimodal Embeddings G1. Text and image of one input become one vector. Source: AWS's guide to Titan Embeddings. */
export const TITAN_MULTIMODAL: EmbeddingFamily = {
  name: "titan-multimodal",
  models: /^amazon\.titan-embed-image-v/,
  files: { image: ["png", "jpeg"] },
  fuses: "one file",
  dimensions: [1024, 384, 256],
  batch: 1,
  refusesBlank: true,
  parameters: ["embeddingConfig"],
  toBody([input], { own, dimensions }) {
    const inputText = textIn(input);
    const inputImage = mediaOf(input, "image");
    return {
      ...(inputText !== undefined && { inputText }),
      ...(inputImage && { inputImage }),
      ...(dimensions && { embeddingConfig: { outputEmbeddingLength: dimensions } }),
      ...own,
    };
  },
  // A message tells of an error, whatever stands beside it.
  read: ({ embedding, inputTextTokenCount, message }) => ({
    vectors: [message ? undefined : embedding],
    tokens: inputTextTokenCount,
  }),
};
