import { object, string } from "../data-family.ts";
import type { DataFamily } from "../data-family.ts";
import { embedText } from "./embed.ts";
import { MAX_CHARACTERS, textProblem } from "./titan.ts";
import { countTokens } from "./tokens.ts";
import { loneFault } from "./wording.ts";

const DIMENSIONS = 1536;

/** Titan Text Embeddings G1: one text, 1536 numbers. */
export const TITAN_EMBED_V1: DataFamily = {
  name: "Titan text embeddings v1",
  models: /^amazon\.titan-embed-(text-v1|g1-text-02)/,
  shape: () => object({ inputText: string({ min: 1, max: MAX_CHARACTERS }) }),
  refuse: loneFault,
  check: ({ inputText }) => textProblem(String(inputText)),
  answer: ({ inputText }) => {
    const text = String(inputText);
    const inputTokens = countTokens(text);
    return {
      body: { embedding: embedText(text, DIMENSIONS), inputTextTokenCount: inputTokens },
      inputTokens,
    };
  },
};
