import { frameOf } from "./jpeg-frame.ts";
import type { Picture, Size } from "./picture.ts";

/** Where a format has its size: all that is read of a file. */
const HEADS: Readonly<Record<Picture["format"], (bytes: Uint8Array) => Uint8Array>> = {
  png: (bytes) => bytes.subarray(0, 33),
  gif: (bytes) => bytes.subarray(0, 13),
  webp: (bytes) => bytes.subarray(0, 30),
  // `image-size` looks for it byte by byte, which takes seconds in a file that was made for that.
  jpeg: (bytes) => Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 2, ...(frameOf(bytes) ?? [])),
};

/** What image formats can say at the most, but for PNG, which says anything. */
const MAX_SIDE = 65_535;

/** Pixels as the head of a file tells them; undefined where it does not, or tells what no picture has. */
export async function sizeOf(bytes: Uint8Array, format: Picture["format"]): Promise<Size | undefined> {
  const { imageSize } = await import("image-size");
  try {
    const { width, height } = imageSize(HEADS[format](bytes));
    return [width, height].every((side) => side >= 1 && side <= MAX_SIDE) ? { width, height } : undefined;
  } catch {
    return undefined;
  }
}
