import { imageHeader } from "../data-family.ts";
import type { JsonObject } from "../data-family.ts";

/** Samples per pixel of PNG's colour types. */
const PNG_SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const PNG_DEPTH_AT = 24;
const PNG_COLOUR_TYPE_AT = 25;

/** What Cohere says of an image that it was given. Pixels, and bits a pixel. */
export function describeImage(bytes: Buffer): JsonObject {
  const { format, width, height } = imageHeader(bytes) ?? {};
  return { width, height, format, bit_depth: format === "png" ? pngBits(bytes) : format === "gif" ? 8 : 24 };
}

function pngBits(bytes: Buffer): number {
  return (bytes[PNG_DEPTH_AT] ?? 0) * (PNG_SAMPLES[bytes[PNG_COLOUR_TYPE_AT] ?? 0] ?? 1);
}
