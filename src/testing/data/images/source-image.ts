import { imageHeader, readPng } from "../image-tools.ts";
import type { ImageFormat, Picture } from "../image-tools.ts";

/** More pixels than these are not looked at. */
const MAX_PIXELS = 1 << 22;

/** An image that came with a request. */
export interface SourceImage {
  format: ImageFormat;
  width: number;
  height: number;
  /** Of the file. */
  bytes: number;
  /** Undefined for what is no PNG, a large one or an interlaced one. */
  picture: Picture | undefined;
}

/** Reads base64 without a `data:` prefix; undefined when its bytes are no image that Bedrock knows. */
export function readSourceImage(base64: unknown): SourceImage | undefined {
  const bytes = Buffer.from(String(base64), "base64");
  const header = imageHeader(bytes);
  // A header that is cut short tells no size.
  if (!header?.width || !header.height) return undefined;
  const picture = header.format === "png" ? readPng(bytes, MAX_PIXELS) : undefined;
  return { ...header, bytes: bytes.length, picture };
}

/** Has it a pixel that is not opaque? Unknown, and so no, for what cannot be read. */
export function isTransparent({ picture }: SourceImage): boolean {
  return picture !== undefined && somePixel(picture, (pixels, at) => pixels[at + 3] !== 255);
}

/** Is there nothing in it but black and white? Yes for what cannot be read. */
export function isBlackAndWhite({ picture }: SourceImage): boolean {
  return picture === undefined || !somePixel(picture, isColoured);
}

function isColoured(pixels: Uint8Array, at: number): boolean {
  const red = pixels[at];
  return (red !== 0 && red !== 255) || pixels[at + 1] !== red || pixels[at + 2] !== red;
}

function somePixel(
  { width, height, row }: Picture,
  test: (pixels: Uint8Array, at: number) => boolean,
): boolean {
  for (let y = 0; y < height; y += 1) {
    const pixels = row(y);
    for (let at = 0; at < width * 4; at += 4) if (test(pixels, at)) return true;
  }
  return false;
}
