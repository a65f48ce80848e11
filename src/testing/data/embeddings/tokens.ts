import { CHARACTERS_PER_TOKEN } from "../data-family.ts";

/** Scripts and symbols of which a token holds no more than one character. */
const DENSE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u;

/** An estimate: one token is about four characters, where the script has letters. */
export function countTokens(text: string): number {
  let tokens = 0;
  for (const character of text) tokens += costOf(character);
  return Math.ceil(tokens);
}

/** As much of a text as fits, without what is over at its `start` or `end`. */
export function fitTokens(text: string, limit: number, cut: "start" | "end"): string {
  if (text.length <= limit || countTokens(text) <= limit) return text;
  const characters = cut === "start" ? [...text].toReversed() : [...text];
  let tokens = 0;
  const over = characters.findIndex((character) => (tokens += costOf(character)) > limit);
  const kept = characters.slice(0, over);
  return (cut === "start" ? kept.toReversed() : kept).join("");
}

function costOf(character: string): number {
  return DENSE.test(character) ? 1 : 1 / CHARACTERS_PER_TOKEN;
}
