import { integer, malformed, object, string } from "../data-family.ts";
import type { BodyShape, DataFamily, JsonObject } from "../data-family.ts";
import { embedParts } from "./embed.ts";
import { decode, imageProblem } from "./images.ts";
import { textProblem } from "./titan.ts";
import { countTokens } from "./tokens.ts";
import { listedFaults, notAmong } from "./wording.ts";

const DIMENSIONS = [256, 384, 1024];
const MAX_TOKENS = 256;

interface Request {
  inputText?: string;
  inputImage?: string;
  embeddingConfig?: { outputEmbeddingLength?: number };
}

const INPUTS = { inputText: string({ min: 1 }), inputImage: string({ min: 1 }) };
const CONFIG = { embeddingConfig: object({}, { outputEmbeddingLength: integer() }) };

/** Titan Multimodal Embeddings G1: a text, an image, or what lies between the two. */
export const TITAN_EMBED_IMAGE: DataFamily = {
  name: "Titan multimodal embeddings",
  models: /^amazon\.titan-embed-image/,
  shape: (_, body) => shapeOf(body),
  refuse: listedFaults,
  check: (body) => {
    const { inputText, inputImage, embeddingConfig } = body as Request;
    const wrong = notAmong(embeddingConfig?.outputEmbeddingLength, DIMENSIONS);
    if (wrong !== undefined) return malformed(`#/embeddingConfig/outputEmbeddingLength: ${wrong}`);
    return (
      (inputText === undefined ? undefined : textProblem(inputText, MAX_TOKENS, "#/inputText: ")) ??
      (inputImage === undefined ? undefined : imageProblem(inputImage, ["png", "jpeg"]))
    );
  },
  answer: (body) => {
    const { inputText, inputImage, embeddingConfig } = body as Request;
    const parts = [...(inputText ? [inputText] : []), ...(inputImage ? [decode(inputImage)] : [])];
    const inputTokens = countTokens(inputText ?? "");
    return {
      body: {
        embedding: embedParts(parts, embeddingConfig?.outputEmbeddingLength ?? 1024),
        inputTextTokenCount: inputTokens,
        message: null,
      },
      inputTokens,
    };
  },
};

/** One of both inputs will do. */
function shapeOf(body: JsonObject): BodyShape {
  const given = "inputText" in body || "inputImage" in body;
  return given ? object({}, { ...INPUTS, ...CONFIG }) : object(INPUTS, CONFIG);
}
