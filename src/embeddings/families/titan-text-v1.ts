import type { EmbeddingFamily } from "../family.ts";
import { textOf } from "../pieces.ts";

/** Titan Embeddings G1 - Text. Source: AWS's guide to Titan Embeddings. */
export const TITAN_TEXT_V1: EmbeddingFamily = {
  name: "titan-text-v1",
  models: /^amazon\.titan-embed-(text-v1|g1-text)/,
  dimensions: [1536],
  batch: 1,
  maxChars: 50_000,
  refusesBlank: true,
  parameters: [],
  toBody: ([input], { own }) => ({ inputText: textOf(input), ...own }),
  read: ({ embedding, inputTextTokenCount }) => ({ vectors: [embedding], tokens: inputTextTokenCount }),
};
