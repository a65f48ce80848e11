import { everyMalformed, integer, list, malformed, object, oneOf, tagged, text } from "../data-family.ts";
import type { DataFamily, ImageFormat } from "../data-family.ts";
import {
  BAD_COMBINATION,
  cohereBody,
  cohereShape,
  EMBEDDING_TYPES,
  INPUT_TYPES,
  MAX_ITEMS,
  onlyOne,
  TOO_LONG,
} from "./cohere.ts";
import { costOf, fitParts, partsOf, urisOf } from "./cohere-v4-items.ts";
import type { Items } from "./cohere-v4-items.ts";
import { describeImage } from "./image-description.ts";
import { dataUriProblem, decodeDataUri } from "./images.ts";
import { notAmong } from "./wording.ts";

const DIMENSIONS = [256, 512, 1024, 1536];
const MAX_TOKENS = 128_000;
const IMAGE_FORMATS: readonly ImageFormat[] = ["png", "jpeg", "webp", "gif"];

interface Request extends Items {
  output_dimension?: number;
  max_tokens?: number;
  truncate?: "NONE" | "LEFT" | "RIGHT" | "START" | "END";
}

const MEMBERS = {
  inputs: {
    images: list(text, { max: MAX_ITEMS }),
    texts: list(text, { max: MAX_ITEMS }),
    inputs: list(
      object({
        content: list(
          tagged({ text: object({ text }), image_url: object({ image_url: object({ url: text }) }) }),
          { min: 1 },
        ),
      }),
      { max: MAX_ITEMS },
    ),
  },
  required: { input_type: oneOf(...INPUT_TYPES) },
  options: {
    embedding_types: EMBEDDING_TYPES,
    output_dimension: integer(),
    max_tokens: integer({ min: 1, max: MAX_TOKENS }),
    // AWS's guide names the sides LEFT and RIGHT, Cohere's own reference START and END: both are let pass.
    truncate: oneOf("NONE", "LEFT", "RIGHT", "START", "END"),
  },
};

/** Cohere Embed 4: up to 96 texts, images, or inputs that mix both. */
export const COHERE_EMBED_V4: DataFamily = {
  name: "Cohere Embed v4",
  models: /^cohere\.embed-v4/,
  shape: (_, body) => cohereShape(body, MEMBERS),
  refuse: everyMalformed,
  check: (body) => {
    const {
      texts,
      images,
      inputs,
      output_dimension,
      max_tokens = MAX_TOKENS,
      truncate = "NONE",
    } = body as Request;
    if (!onlyOne(texts, images, inputs)) return BAD_COMBINATION;
    const wrong = notAmong(output_dimension, DIMENSIONS);
    if (wrong !== undefined) return malformed(`#/output_dimension: ${wrong}`);
    const problem = urisOf(body)
      .map((uri) => dataUriProblem(uri, IMAGE_FORMATS))
      .find(Boolean);
    if (problem !== undefined) return problem;
    const tooLong = truncate === "NONE" && partsOf(body).some((item) => costOf(item) > max_tokens);
    return tooLong ? TOO_LONG : undefined;
  },
  answer: (body) => {
    const {
      texts,
      images,
      inputs,
      output_dimension = 1536,
      max_tokens = MAX_TOKENS,
      truncate,
    } = body as Request;
    const cut = truncate === "LEFT" || truncate === "START" ? "start" : "end";
    const items = partsOf(body).map((parts) => fitParts(parts, max_tokens, cut));
    const echo = {
      ...(texts && { texts }),
      ...(inputs && { inputs }),
      ...(images && { images: images.map((uri) => describeImage(decodeDataUri(uri))) }),
    };
    return {
      body: cohereBody(body, items, output_dimension, echo),
      inputTokens: items.reduce((sum, parts) => sum + costOf(parts), 0),
    };
  },
};
