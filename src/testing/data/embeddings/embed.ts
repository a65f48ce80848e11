import { pngColour } from "../data-family.ts";
import { average, follow } from "./direction.ts";
import type { Step, Vector } from "./direction.ts";
import { stemOf, weighWords } from "./words.ts";

/** Small against a word, so that texts with the same words are near each other, and still not the same. */
const TEXT_ALONE = 0.02;
/** Against the name of its colour. */
const IMAGE_ALONE = 0.5;

/** A text's vector: near to those of texts that share words with it. A text without words has one too. */
export function embedText(text: string, dimensions: number): Vector {
  const words = [...weighWords(text)].map(([word, weight]) => step(word, weight));
  return follow([...words, { seed: `text ${text}`, weight: TEXT_ALONE }], dimensions);
}

/** The vector of an image, or of a sound or a video: a PNG of one colour is near to texts that name it. */
export function embedBytes(bytes: Buffer, dimensions: number): Vector {
  const colour = pngColour(bytes);
  const named = colour === undefined ? [] : [step(stemOf(colour), 1)];
  return follow([...named, { seed: bytes, weight: IMAGE_ALONE }], dimensions);
}

/** A part of an input that is embedded as a whole. */
export type Part = string | Buffer;

/** The vector of several parts together. */
export function embedParts(parts: readonly Part[], dimensions: number): Vector {
  const vectors = parts.map((part) =>
    typeof part === "string" ? embedText(part, dimensions) : embedBytes(part, dimensions),
  );
  return vectors.length === 1 ? (vectors[0] as Vector) : average(vectors);
}

function step(word: string, weight: number): Step {
  return { seed: `word ${word}`, weight };
}
