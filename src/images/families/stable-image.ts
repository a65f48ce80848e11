import type { JsonObject } from "../../conversation/types.ts";
import type { ImageFamily, ImageTask, Making } from "../family.ts";
import { noteLeftOver, noteUnused, ownOf } from "../noted.ts";
import { definedOnly } from "../picked.ts";
import type { Picture } from "../picture.ts";
import { checkLength, missing, takesNoImage } from "../refusals.ts";
import { aspectRatioOf } from "./stability/aspect-ratio.ts";
import { checkImage } from "./stability/bounds.ts";
import { seededCalls } from "./stability/calls.ts";
import { readStability } from "./stability/read.ts";
import { MAX_PROMPT, MAX_SEED } from "./stability/words.ts";

/** What a generator takes beside words. */
interface Generator {
  models: RegExp;
  /** Parameters of its own, painting from words alone. */
  words: readonly string[];
  /** The same from an image; undefined where it takes none. */
  image?: readonly string[];
  /** What it has to be told beside an image. */
  imageMode?: { mode: string; strength: number };
  webp?: boolean;
}

/**
 * Source: AWS's guides to Stable Diffusion 3.5, Stable Image Ultra and Core; that the second versions of Ultra and Core
 * refuse `mode`, `image` and `strength` is what people have met who called them.
 */
const GENERATORS: readonly Generator[] = [
  {
    models: /^stability\.sd3/,
    words: ["aspect_ratio", "mode"],
    image: ["mode", "strength"],
    imageMode: { mode: "image-to-image", strength: 0.7 },
    webp: true,
  },
  {
    models: /^stability\.stable-image-ultra-v1:0/,
    words: ["aspect_ratio", "mode"],
    image: ["strength"],
  },
  { models: /^stability\.stable-image-core-v1:0/, words: ["aspect_ratio", "mode"] },
  { models: /^stability\.stable-image-(core|ultra)-/, words: ["aspect_ratio"] },
];

const PARAMETERS: ImageFamily["parameters"] = { aspect_ratio: "text", mode: "text", strength: "number" };

/** Stable Diffusion 3 and 3.5, Stable Image Core and Ultra. */
export const STABLE_IMAGE: ImageFamily = {
  name: "stable-image",
  models: /^stability\.(sd3|stable-image-(core|ultra)-)/,
  parameters: PARAMETERS,
  async toCalls(task, making) {
    const generator = GENERATORS.find(({ models }) => models.test(making.family))!;
    const [image] = task.images;
    if (task.prompt === "") throw missing("prompt");
    checkLength(task.prompt, MAX_PROMPT, "prompt");
    checkLength(task.negativePrompt, MAX_PROMPT, "negative_prompt");
    noteUnused(task, ["mask", "quality", "style", "background"], making.notes);
    const known = image ? generator.image : generator.words;
    if (!known || (image && task.own["mode"] === "text-to-image")) throw takesNoImage(image!.param);
    const own = ownOf(task, known, PARAMETERS, making.notes);
    const body = {
      prompt: task.prompt,
      negative_prompt: task.negativePrompt,
      ...(image ? fromImage(task, image, generator, making) : fromWords(task, own, making)),
      output_format: formatOf(task, generator, making),
      ...own,
    };
    return seededCalls(definedOnly(body), task, MAX_SEED, making);
  },
  read: readStability,
};

function fromWords({ size }: ImageTask, own: JsonObject, { notes }: Making): JsonObject {
  if (own["mode"] === "image-to-image") throw missing("image");
  return own["aspect_ratio"] === undefined ? { aspect_ratio: aspectRatioOf(size, notes) } : {};
}

/** The image decides the shape. */
function fromImage(task: ImageTask, image: Picture, { imageMode }: Generator, { notes }: Making): JsonObject {
  checkImage(image);
  noteLeftOver(task.images.slice(1), 1, notes);
  noteUnused(task, ["size"], notes);
  if (imageMode && task.own["strength"] === undefined)
    notes.note("strength", "added", `How far to leave the image has to be said: ${imageMode.strength} of 1.`);
  return { ...imageMode, image: image.base64 };
}

function formatOf(
  { outputFormat }: ImageTask,
  { webp = false }: Generator,
  { notes }: Making,
): string | undefined {
  if (outputFormat !== "webp" || webp) return outputFormat;
  notes.note("output_format", "clamped", "This model makes PNG and JPEG.");
  return "png";
}
