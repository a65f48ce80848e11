import { Bits } from "./bits.ts";
import type { Picture } from "./picture.ts";
import { averageOf } from "./picture.ts";

/** A lossless WebP's first byte. */
const SIGNATURE = 0x2f;
/** A prefix code of one symbol of eight bits, and one of one symbol of a single bit. */
const ONE_BYTE = 0b101;
const ONE_BIT = 0b0001;

/**
 * A WebP without a codec: of the picture's size, all of it in the picture's average colour. Its prefix codes have one
 * symbol each, so that its pixels take no bits.
 */
export function writeFlatWebp(picture: Picture): Buffer {
  const [red, green, blue] = averageOf(picture).colour;
  const bits = new Bits("lowest")
    .put(SIGNATURE, 8)
    .put(picture.width - 1, 14)
    .put(picture.height - 1, 14)
    // No alpha, version 0; no transform, no colour cache, no groups of codes.
    .put(0, 4)
    .put(0, 3);
  for (const symbol of [green, red, blue, 255]) bits.put(ONE_BYTE, 3).put(Math.round(symbol), 8);
  const data = Buffer.from(bits.put(ONE_BIT, 4).end());
  const padding = Buffer.alloc(data.length % 2);
  const head = Buffer.from("RIFF\0\0\0\0WEBPVP8L\0\0\0\0", "latin1");
  head.writeUInt32LE(12 + data.length + padding.length, 4);
  head.writeUInt32LE(data.length, 16);
  return Buffer.concat([head, data, padding]);
}
