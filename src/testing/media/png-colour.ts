import { nameOfColour } from "./colours.ts";
import { averageOf } from "./picture.ts";
import { readPng } from "./read-png.ts";

const MAX_PIXELS = 1 << 18;

/** The average colour of a small PNG, by name; undefined for PNGs that are large, interlaced or broken. */
export function pngColour(bytes: Buffer): string | undefined {
  const picture = readPng(bytes, MAX_PIXELS);
  if (!picture) return undefined;
  const { colour, alpha } = averageOf(picture);
  return alpha < 8 ? "transparent" : nameOfColour(colour);
}
