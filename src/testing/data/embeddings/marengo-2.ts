import { object, oneOf } from "../data-family.ts";
import type { DataFamily } from "../data-family.ts";
import { embedParts } from "./embed.ts";
import {
  asyncOnly,
  contentOf,
  INPUT_TEXT,
  MEDIA_SOURCE,
  shapeByInput,
  sourceProblem,
  tooLong,
} from "./marengo.ts";
import type { MediaSource } from "./marengo.ts";
import { countTokens, fitTokens } from "./tokens.ts";

const DIMENSIONS = 1024;
const MAX_TOKENS = 77;

interface Request {
  inputType: string;
  inputText?: string;
  textTruncate?: "end" | "none";
  mediaSource?: MediaSource;
}

const CASES = {
  text: object({ inputType: oneOf("text"), inputText: INPUT_TEXT }, { textTruncate: oneOf("end", "none") }),
  image: object({ inputType: oneOf("image"), mediaSource: MEDIA_SOURCE }),
};

/** Marengo Embed 2.7, whose body is flat: a text of 77 tokens, or an image. */
export const MARENGO_2: DataFamily = {
  name: "TwelveLabs Marengo Embed 2.7",
  models: /^twelvelabs\.marengo-embed-2-7/,
  shape: (_, { inputType }) => shapeByInput(inputType, CASES, ["video", "audio"]),
  check: (body) => {
    const { inputType, inputText = "", textTruncate, mediaSource } = body as never as Request;
    const tokens = countTokens(inputText);
    if (textTruncate === "none" && tokens > MAX_TOKENS) return tooLong(tokens, MAX_TOKENS);
    return asyncOnly(inputType) ?? (mediaSource && sourceProblem(mediaSource));
  },
  answer: (body) => {
    const { inputText = "", mediaSource } = body as never as Request;
    const part = mediaSource ? contentOf(mediaSource) : fitTokens(inputText, MAX_TOKENS, "end");
    return { body: { data: [{ embedding: embedParts([part], DIMENSIONS) }] } };
  },
};
