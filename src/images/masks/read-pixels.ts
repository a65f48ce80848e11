import { type BedrockOpenAIError, invalidRequest } from "../../errors.ts";
import { fromBase64 } from "../base64.ts";
import type { Picture } from "../picture.ts";
import { type LoadPng, loaded, type PngLibrary } from "./fast-png.ts";
import { alphasOf } from "./planes.ts";
import { hasAlpha, type Png, readPng } from "./png.ts";
import { type Samples, samplesOf } from "./samples.ts";

/** The pixels of an image that may have transparent ones. */
export interface Pixels {
  png: Png;
  samples: Samples;
  /** How opaque each pixel is: 0 to 255. */
  alphas: Uint8Array;
  library: PngLibrary;
}

/** Above what the largest of Bedrock's models takes: 4096 by 4096. */
const MAX_PIXELS = 16_777_216;

/**
 * The pixels of a PNG; undefined where none of them can be transparent, for which none is looked at.
 * @throws BedrockOpenAIError 400 for a damaged file and for one of too many pixels, before it is unpacked.
 */
export async function readPixels(picture: Picture, load: LoadPng): Promise<Pixels | undefined> {
  const { base64, param } = picture;
  const png = orDamaged(param, () => readPng(fromBase64(base64)));
  if (!hasAlpha(png)) return undefined;
  if (png.width * png.height > MAX_PIXELS) throw tooManyPixels(picture);
  const library = await loaded(load, param);
  const samples = await samplesOf(png, library).catch((cause: unknown) => {
    throw damaged(param, cause);
  });
  return { png, samples, alphas: alphasOf(samples, png), library };
}

function orDamaged<T>(param: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw damaged(param, cause);
  }
}

const damaged = (param: string, cause: unknown): BedrockOpenAIError =>
  invalidRequest(`Invalid '${param}': the PNG file is damaged.`, {
    code: "invalid_image_file",
    param,
    cause,
  });

const tooManyPixels = ({ width, height, param }: Picture): BedrockOpenAIError =>
  invalidRequest(
    `Invalid '${param}': an image with transparent pixels may have at most ${MAX_PIXELS} pixels, ` +
      `and it is ${width}x${height}.`,
    { code: "image_too_large", param },
  );
