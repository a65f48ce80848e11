import { randomBytes } from "node:crypto";
import { MAX_TOKENS, MODEL } from "../systems/access.ts";
import type { Question } from "./question.ts";

const BYTES = 10 * 1024 * 1024;
const TEXT = "What is in this picture?";
/** One character beyond Latin-1, and JavaScript takes two bytes for every character of a text. */
const TYPOGRAPHIC = "What’s in this picture?";
/** How a JPEG file begins; what follows is as hard to compress as a photograph. */
const JPEG_HEAD = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, ...Buffer.from("JFIF\0"), 1, 1, 0]);

function jpeg(): Buffer {
  const bytes = randomBytes(BYTES);
  bytes.set(JPEG_HEAD);
  return bytes;
}

const converse = (bytes: Uint8Array) => ({
  modelId: MODEL,
  messages: [
    {
      role: "user" as const,
      content: [{ text: TEXT }, { image: { format: "jpeg" as const, source: { bytes } } }],
    },
  ],
  inferenceConfig: { maxTokens: MAX_TOKENS },
});

const openai = (text: string): ReturnType<Question["openai"]> => ({
  model: MODEL,
  messages: [
    {
      role: "user",
      content: [
        { type: "text", text },
        { type: "image_url", image_url: { url: `data:image/jpeg;base64,${jpeg().toString("base64")}` } },
      ],
    },
  ],
  max_tokens: MAX_TOKENS,
});

/** The SDK's callers give the file's bytes, OpenAI's give base64 in a data URL. */
export const image: Question = {
  openai: () => openai(TEXT),
  converse() {
    const input = converse(jpeg());
    return () => input;
  },
};

/** The same, asked with a character that makes text wide. */
export const imageWithWideText: Question = { ...image, openai: () => openai(TYPOGRAPHIC) };

/** The SDK's caller who has the image as base64 too, and must decode it first. */
export const imageFromBase64: Question = {
  ...image,
  converse() {
    const base64 = jpeg().toString("base64");
    return () => converse(Buffer.from(base64, "base64"));
  },
};
