import { loadFastPng } from "./masks/fast-png.ts";
import { type MaskColours, painted, pictureOf } from "./masks/paint.ts";
import { onWhite } from "./masks/planes.ts";
import { readPixels } from "./masks/read-pixels.ts";
import type { Picture } from "./picture.ts";
import { invalidValue } from "./refusals.ts";
import { sizeText } from "./sizes.ts";

export type { MaskColours };

/**
 * OpenAI's mask, whose transparent pixels are to be edited, in a family's colours: an opaque PNG of the same size. A mask
 * without an alpha channel is taken to be in the family's colours already, and stays as it is.
 * @param load The PNG library. Default: the optional package `fast-png`.
 * @throws BedrockOpenAIError 400 for a mask of another size than the image, without a transparent pixel, or that is neither
 * PNG nor JPEG; where `fast-png` is not installed, naming it.
 */
export async function toFamilyMask(
  mask: Picture,
  image: Picture,
  colours: MaskColours,
  load = loadFastPng,
): Promise<Picture> {
  checkSize(mask, image);
  if (mask.format === "jpeg") return mask;
  if (mask.format !== "png")
    throw invalidValue(
      mask.param,
      `a mask is a PNG, and this is ${mask.format}. Its alpha channel is what tells.`,
    );
  const pixels = await readPixels(mask, load);
  if (!pixels) return mask;
  const data = painted(pixels.alphas, colours);
  if (data) return pictureOf(data, mask, pixels.library);
  throw invalidValue(
    mask.param,
    "nothing in it is transparent, so there is nothing to edit. Make transparent what is to be edited; or send a mask " +
      "in the model's own colours, without an alpha channel.",
  );
}

/**
 * The mask that an image's own transparent pixels are; undefined where it has none.
 * @throws BedrockOpenAIError 400 for a damaged file; where `fast-png` is not installed, naming it.
 */
export async function maskWithin(
  image: Picture,
  colours: MaskColours,
  load = loadFastPng,
): Promise<Picture | undefined> {
  if (image.format !== "png") return undefined;
  const pixels = await readPixels(image, load);
  const data = pixels && painted(pixels.alphas, colours);
  return data && pictureOf(data, image, pixels.library);
}

/**
 * An image as it looks on white, where it has transparent pixels: Amazon's models take none.
 * @throws as `maskWithin` does.
 */
export async function opaque(image: Picture, load = loadFastPng): Promise<Picture> {
  if (image.format !== "png") return image;
  const pixels = await readPixels(image, load);
  if (!pixels || pixels.alphas.every((alpha) => alpha === 255)) return image;
  return pictureOf(onWhite(pixels.samples, pixels.alphas, pixels.png), image, pixels.library);
}

function checkSize(mask: Picture, image: Picture): void {
  if (mask.width === image.width && mask.height === image.height) return;
  throw invalidValue(
    mask.param,
    `a mask has the size of its image. The mask is ${sizeText(mask)}, and the image is ${sizeText(image)}.`,
  );
}
