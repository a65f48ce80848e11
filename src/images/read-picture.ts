import { type BedrockOpenAIError, invalidRequest } from "../errors.ts";
import { fromBase64 } from "../http/base64.ts";
import { sizeOf } from "./picture-size.ts";
import type { Picture, Size } from "./picture.ts";

type Format = Picture["format"];

/** What a file is, is told by how it begins, whatever it is called: a signature, of PNG and WebP also the first chunk. */
const BEGINNINGS: Readonly<Record<Format, RegExp>> = {
  png: /^iVBORw0KGgoAAAANSUhEUg/,
  jpeg: /^\/9j\//,
  // Four bytes of it are a length.
  webp: /^UklGR.{6}XRUJQVlA4/,
  gif: /^R0lGOD[dl]h/,
};

/** OpenAI's bound on a picture, and that of Amazon's models. */
const MAX_BYTES = 25 * 1024 * 1024;

/** Base64 characters to look for the size in: first the few that nearly always do. A JPEG may have a preview before it. */
const LOOKS: readonly number[] = [128, 128 * 1024, Infinity];

/**
 * A file as a picture.
 * @param base64 Without line breaks.
 * @throws BedrockOpenAIError 400 `invalid_image_file` for what is no PNG, JPEG, WebP or GIF, and for one without a size.
 */
export async function readPicture(base64: string, param: string): Promise<Picture> {
  const file = padded(base64, param);
  const format = formatOf(file);
  if (!format) throw invalidFile(param, "it is no PNG, JPEG, WebP or GIF image");
  const size = await lookedUp(file, format);
  if (!size) throw invalidFile(param, `its ${format.toUpperCase()} header is damaged`);
  return { base64: file, format, ...size, param };
}

function padded(base64: string, param: string): string {
  const data = base64.replace(/={1,2}$/, "");
  if (Math.floor((data.length * 3) / 4) > MAX_BYTES) {
    throw invalidRequest(
      `Invalid '${param}': the file is too large: at most ${MAX_BYTES} bytes are accepted.`,
      {
        code: "image_file_too_large",
        param,
      },
    );
  }
  if (/[^A-Za-z0-9+/]/.test(data) || data.length % 4 === 1) {
    throw invalidRequest(`Invalid '${param}': it is neither a URL nor valid base64.`, {
      code: "invalid_base64_image",
      param,
    });
  }
  return data.padEnd(Math.ceil(data.length / 4) * 4, "=");
}

const formatOf = (base64: string): Format | undefined =>
  (Object.keys(BEGINNINGS) as Format[]).find((format) => BEGINNINGS[format].test(base64));

async function lookedUp(base64: string, format: Format): Promise<Size | undefined> {
  for (const characters of LOOKS) {
    const size = await sizeOf(fromBase64(base64, characters), format);
    if (size || characters >= base64.length || format !== "jpeg") return size;
  }
  return undefined;
}

const invalidFile = (param: string, why: string): BedrockOpenAIError =>
  invalidRequest(`Invalid '${param}': ${why}.`, { code: "invalid_image_file", param });
