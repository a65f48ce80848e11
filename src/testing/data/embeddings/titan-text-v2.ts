import { flag, integer, list, malformed, object, oneOf, string } from "../data-family.ts";
import type { DataFamily } from "../data-family.ts";
import { stretch } from "./direction.ts";
import { embedText } from "./embed.ts";
import { signBits } from "./quantize.ts";
import { MAX_CHARACTERS, textProblem } from "./titan.ts";
import { countTokens } from "./tokens.ts";
import { loneFault, notAmong } from "./wording.ts";

const DIMENSIONS = [256, 512, 1024];
/** How long a vector is that was not to be normalized. */
const RAW_LENGTH = 12;

interface Request {
  inputText: string;
  dimensions?: number;
  normalize?: boolean;
  embeddingTypes?: ("float" | "binary")[];
}

/** Titan Text Embeddings V2: one text, as floats of length 1, as bits, or as both. */
export const TITAN_EMBED_V2: DataFamily = {
  name: "Titan text embeddings v2",
  models: /^amazon\.titan-embed-text-v2/,
  shape: () =>
    object(
      { inputText: string({ min: 1, max: MAX_CHARACTERS }) },
      {
        dimensions: integer(),
        normalize: flag,
        embeddingTypes: list(oneOf("float", "binary"), { min: 1 }),
      },
    ),
  refuse: loneFault,
  check: ({ inputText, dimensions }) => {
    const wrong = notAmong(dimensions, DIMENSIONS);
    return wrong === undefined ? textProblem(String(inputText)) : malformed(wrong);
  },
  answer: (body) => {
    const {
      inputText,
      dimensions = 1024,
      normalize = true,
      embeddingTypes = ["float"],
    } = body as never as Request;
    const vector = embedText(inputText, dimensions);
    const embedding = normalize ? vector : stretch(vector, RAW_LENGTH);
    const forms = { float: embedding, binary: signBits(vector) };
    const inputTokens = countTokens(inputText);
    return {
      body: {
        ...(embeddingTypes.includes("float") && { embedding }),
        embeddingsByType: Object.fromEntries(embeddingTypes.map((type) => [type, forms[type]])),
        inputTextTokenCount: inputTokens,
      },
      inputTokens,
    };
  },
};
