import type { Mode } from "../bedrock/catalogue/entry.ts";

/** Models that do not chat, by the words of their base ids; `undefined` for what no endpoint here gives. */
const MODES: readonly (readonly [RegExp, Mode | undefined])[] = [
  [/\brerank\b/, "rerank"],
  [/\bembed(dings)?\b/, "embedding"],
  [/\b(sonic|reel)\b|^luma\./, undefined],
  [/\b(canvas|image)\b|^stability\./, "image_generation"],
];

/** What a model is for, by its base id alone: nobody is asked. */
export function modeOf(family: string): Mode | undefined {
  const row = MODES.find(([pattern]) => pattern.test(family));
  return row ? row[1] : "chat";
}
