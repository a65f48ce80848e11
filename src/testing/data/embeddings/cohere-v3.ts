import { everyMalformed, list, oneOf, string, text } from "../data-family.ts";
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
import { describeImage } from "./image-description.ts";
import { dataUriProblem, decodeDataUri } from "./images.ts";
import { countTokens, fitTokens } from "./tokens.ts";

const DIMENSIONS = 1024;
const MAX_TOKENS = 512;
const IMAGE_FORMATS: readonly ImageFormat[] = ["png", "jpeg"];

interface Request {
  input_type: string;
  texts?: string[];
  images?: string[];
  truncate?: "NONE" | "START" | "END";
}

const MEMBERS = {
  inputs: {
    images: list(text, { max: 1 }),
    texts: list(string({ max: 2048 }), { max: MAX_ITEMS }),
  },
  required: { input_type: oneOf(...INPUT_TYPES, "image") },
  options: { truncate: oneOf("NONE", "START", "END"), embedding_types: EMBEDDING_TYPES },
};

/** Cohere Embed 3, English and multilingual: up to 96 texts, or one image. */
export const COHERE_EMBED_V3: DataFamily = {
  name: "Cohere Embed v3",
  models: /^cohere\.embed-(english|multilingual)/,
  shape: (_, body) => cohereShape(body, MEMBERS),
  refuse: everyMalformed,
  check: (body) => {
    const { input_type, texts, images, truncate = "NONE" } = body as never as Request;
    const aboutImages = input_type === "image";
    if (!onlyOne(texts, images) || aboutImages !== (images !== undefined)) return BAD_COMBINATION;
    const tooLong = truncate === "NONE" && texts?.some((text) => countTokens(text) > MAX_TOKENS);
    return tooLong
      ? TOO_LONG
      : images?.map((uri) => dataUriProblem(uri, IMAGE_FORMATS)).find((problem) => problem !== undefined);
  },
  answer: (body) => {
    const { texts, images = [], truncate } = body as never as Request;
    if (texts) {
      const read = texts.map((text) => fitTokens(text, MAX_TOKENS, truncate === "START" ? "start" : "end"));
      return {
        body: cohereBody(
          body,
          read.map((text) => [text]),
          DIMENSIONS,
          { texts },
        ),
        inputTokens: read.reduce((sum, text) => sum + countTokens(text), 0),
      };
    }
    const seen = images.map(decodeDataUri);
    const echo = { texts: [], images: seen.map(describeImage) };
    return {
      body: cohereBody(
        body,
        seen.map((image) => [image]),
        DIMENSIONS,
        echo,
      ),
    };
  },
};
