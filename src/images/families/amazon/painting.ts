import type { JsonObject } from "../../../conversation/types.ts";
import { type MaskColours, maskWithin, toFamilyMask } from "../../mask.ts";
import { missing } from "../../refusals.ts";
import type { Asked } from "./asked.ts";

/**
 * The image that is painted in, and where: by the caller's mask, by its words, or where the image is transparent.
 * @throws BedrockOpenAIError 400 where nothing says it.
 */
export async function paintingOf(asked: Asked, colours: MaskColours): Promise<JsonObject> {
  const { task, original, given, within } = asked;
  const [image] = task.images;
  const own = { ...task.own, ...given };
  if (!image || !original || (own["maskPrompt"] ?? own["maskImage"]) !== undefined)
    return { image: image?.base64 };
  if (task.mask) {
    const mask = await toFamilyMask(task.mask, image, colours);
    return { image: image.base64, maskImage: mask.base64 };
  }
  const hole = within ?? (await maskWithin(original, colours));
  if (!hole) throw missing("mask", "Give a mask, a maskPrompt, or an image with transparent pixels.");
  return { image: image.base64, maskImage: hole.base64 };
}
