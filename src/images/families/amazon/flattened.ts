import type { Notes } from "../../../reception/notes.ts";
import { opaque } from "../../mask.ts";
import type { Picture } from "../../picture.ts";

/**
 * An image on white, where it has transparent pixels: Amazon's models take none.
 * @throws BedrockOpenAIError 400 for a damaged file.
 */
export async function flattened(image: Picture, notes: Notes): Promise<Picture> {
  const flat = await opaque(image);
  if (flat !== image)
    notes.note(image.param, "emulated", "This model takes no transparent pixels; they were made white.");
  return flat;
}
