import { type MaskColours, painted } from "./masks/paint.ts";
import { isForWantOfIt, type LoadImageLibrary } from "./masks/sharp.ts";
import { transparencyOf } from "./masks/transparency.ts";
import type { Picture } from "./picture.ts";
import { invalidValue } from "./refusals.ts";
import { isSameSize, sizeText } from "./sizes.ts";

export type { MaskColours };

/**
 * OpenAI's mask, whose transparent pixels are to be edited, in a family's colours: an opaque PNG of the same size. A mask
 * without an alpha channel is taken to be in the family's colours already, and stays as it is.
 * @param load The image library. Default: the optional package `sharp`.
 * @throws BedrockOpenAIError 400 for a mask of another size than the image, and without a
 * transparent pixel; where `sharp` is not installed, naming it.
 */
export async function toFamilyMask(
  mask: Picture,
  image: Picture,
  colours: MaskColours,
  load?: LoadImageLibrary,
): Promise<Picture> {
  checkSize(mask, image);
  const transparency = await transparencyOf(mask, load);
  if (!transparency) return mask;
  const pixels = painted(transparency.alphas, colours);
  if (pixels) return transparency.painted(pixels);
  throw invalidValue(
    mask.param,
    "nothing in it is transparent, so there is nothing to edit. Make transparent what is to be edited; or send a mask " +
      "in the model's own colours, without an alpha channel.",
  );
}

/**
 * The mask that an image's own transparent pixels are; undefined where it has none.
 * @throws BedrockOpenAIError 400 for a damaged file; where `sharp` is not installed, naming it.
 */
export async function maskWithin(
  image: Picture,
  colours: MaskColours,
  load?: LoadImageLibrary,
): Promise<Picture | undefined> {
  if (image.format !== "png") return undefined;
  const transparency = await transparencyOf(image, load);
  const pixels = transparency && painted(transparency.alphas, colours);
  return pixels && transparency.painted(pixels);
}

/**
 * An image as it looks on white, where it has transparent pixels: Amazon's models take none. Without `sharp` it stays as
 * it is: an alpha channel need not have a transparent pixel, and most have none.
 * @throws BedrockOpenAIError 400 for a damaged file.
 */
export async function opaque(image: Picture, load?: LoadImageLibrary): Promise<Picture> {
  if (image.format !== "png") return image;
  const transparency = await transparencyOf(image, load).catch((error: unknown) => {
    if (!isForWantOfIt(error)) throw error;
    return undefined;
  });
  if (!transparency || transparency.alphas.every((alpha) => alpha === 255)) return image;
  return transparency.onWhite();
}

/**
 * Nothing of an image is transparent, so that it is no mask. Without `sharp` what has an alpha channel is taken to be one.
 * @throws BedrockOpenAIError 400 for a damaged file.
 */
export async function isOpaque(image: Picture, load?: LoadImageLibrary): Promise<boolean> {
  try {
    const transparency = await transparencyOf(image, load);
    return !transparency || transparency.alphas.every((alpha) => alpha === 255);
  } catch (error) {
    if (isForWantOfIt(error)) return false;
    throw error;
  }
}

function checkSize(mask: Picture, image: Picture): void {
  if (isSameSize(mask, image)) return;
  throw invalidValue(
    mask.param,
    `a mask has the size of its image. The mask is ${sizeText(mask)}, and the image is ${sizeText(image)}.`,
  );
}
