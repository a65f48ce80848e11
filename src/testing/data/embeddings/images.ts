import { imageHeader } from "../data-family.ts";
import type { ImageFormat } from "../data-family.ts";

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const DATA_URI = /^data:image\/[a-z0-9.+-]+;base64,/;
const MAX_MEGABYTES = 5;

/** What is wrong with an image in base64: its encoding, its format by its first bytes, or its size. */
export function imageProblem(base64: string, formats: readonly ImageFormat[]): string | undefined {
  if (!isBase64(base64)) return "The image is not a valid base64-encoded string.";
  const bytes = decode(base64);
  const format = imageHeader(bytes)?.format;
  if (!format || !formats.includes(format)) return "Could not process image";
  const max = MAX_MEGABYTES * 1024 * 1024;
  return bytes.length > max
    ? `image exceeds ${MAX_MEGABYTES} MB maximum: ${bytes.length} bytes > ${max} bytes`
    : undefined;
}

/** The same of an image in a data URI. Bedrock fetches none. */
export function dataUriProblem(uri: string, formats: readonly ImageFormat[]): string | undefined {
  return DATA_URI.test(uri)
    ? imageProblem(withoutScheme(uri), formats)
    : "The image must be a valid data URI: data:image/<format>;base64,<data>";
}

export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && BASE64.test(text);
}

export function decode(base64: string): Buffer {
  return Buffer.from(base64, "base64");
}

export function decodeDataUri(uri: string): Buffer {
  return decode(withoutScheme(uri));
}

function withoutScheme(uri: string): string {
  return uri.replace(DATA_URI, "");
}
