import type { Sharp } from "sharp";
import { type BedrockOpenAIError, invalidRequest } from "../../errors.ts";
import { fromBase64, toBase64 } from "../../http/base64.ts";
import type { Picture } from "../picture.ts";
import { type LoadImageLibrary, loaded } from "./sharp.ts";

/** Above what the largest of Bedrock's models takes: 4096 by 4096. */
const MAX_PIXELS = 16_777_216;

/** A picture that may have transparent pixels. */
export interface Transparency {
  /** How opaque each pixel is: 0 to 255. */
  alphas: Uint8Array;
  /** As it looks on white. */
  onWhite(): Promise<Picture>;
  /** A picture of the same size, three bytes a pixel. */
  painted(pixels: Uint8Array): Promise<Picture>;
}

/**
 * How transparent a picture is; undefined where none of its pixels can be, for which none is looked at.
 * @throws BedrockOpenAIError 400 for a damaged file and for one of too many pixels, before it is unpacked.
 */
export async function transparencyOf(
  picture: Picture,
  load?: LoadImageLibrary,
): Promise<Transparency | undefined> {
  const { base64, param, width, height } = picture;
  const bytes = fromBase64(base64);
  if (!mayBeTransparent(picture, bytes)) return undefined;
  if (width * height > MAX_PIXELS) throw tooManyPixels(picture);
  const library = await loaded(param, load);
  const open = (): Sharp => library(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error" });
  const alphas = await orDamaged(param, () => open().ensureAlpha().extractChannel("alpha").raw().toBuffer());
  return {
    alphas,
    onWhite: async () => toPicture(await open().flatten({ background: "#ffffff" }).png().toBuffer(), picture),
    async painted(pixels) {
      const image = library(pixels, { raw: { width, height, channels: 3 } });
      return toPicture(await image.png().toBuffer(), picture);
    },
  };
}

/** A PNG tells it before its pixels: by its kind of colour, or by naming transparent ones. */
function mayBeTransparent({ format }: Picture, bytes: Uint8Array): boolean {
  if (format !== "png") return format !== "jpeg";
  const hasChannel = (bytes[COLOUR_TYPE]! & ALPHA_BIT) !== 0;
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, HEAD_BYTES));
  const pixels = head.indexOf("IDAT");
  return hasChannel || pixels < 0 || head.slice(0, pixels).includes("tRNS");
}

const COLOUR_TYPE = 25;
const ALPHA_BIT = 4;
/** What stands before the pixels is rarely longer; where it is, the library is asked. */
const HEAD_BYTES = 64 * 1024;

async function orDamaged<T>(param: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw damaged(param, cause);
  }
}

const toPicture = (bytes: Uint8Array, { width, height, param }: Picture): Picture => ({
  base64: toBase64(bytes),
  format: "png",
  width,
  height,
  param,
});

const damaged = (param: string, cause: unknown): BedrockOpenAIError =>
  invalidRequest(`Invalid '${param}': the image file is damaged.`, {
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
