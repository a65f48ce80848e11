import { BedrockOpenAIError } from "../../../errors.ts";
import type { Notes } from "../../../reception/notes.ts";
import { opaque } from "../../mask.ts";
import type { Picture } from "../../picture.ts";

/**
 * An image on white, where it has transparent pixels: Amazon's models take none.
 * @throws BedrockOpenAIError 400 for a damaged file.
 */
export async function flattened(image: Picture, notes: Notes): Promise<Picture> {
  const flat = await orAsItIs(image);
  if (flat !== image)
    notes.note(image.param, "emulated", "This model takes no transparent pixels; they were made white.");
  return flat;
}

/** Most images with an alpha channel are opaque: one that cannot be looked at is AWS's to judge. */
async function orAsItIs(image: Picture): Promise<Picture> {
  try {
    return await opaque(image);
  } catch (thrown) {
    if (BedrockOpenAIError.isInstance(thrown) && isMissing(thrown.cause)) return image;
    throw thrown;
  }
}

const isMissing = (cause: unknown): boolean =>
  /MODULE_NOT_FOUND/.test(String((cause as { code?: unknown } | undefined)?.code));
