import type { JsonObject } from "../../../conversation/types.ts";
import type { ImageTask, Making } from "../../family.ts";
import { toFamilyMask } from "../../mask.ts";
import type { Part } from "../../noted.ts";
import { picked } from "../../picked.ts";
import type { Picture } from "../../picture.ts";
import { styleOf } from "../../styles.ts";
import { aspectRatioOf } from "./aspect-ratio.ts";
import { STYLES } from "./words.ts";

/** The images of a request by the members that take them. */
export type Pictures = Partial<Record<"image" | "init_image" | "style_image", Picture>>;

/**
 * By name where they have one; else in their order.
 * @param required The members of the service.
 */
export function picturesOf({ images }: ImageTask, required: readonly string[]): Pictures {
  const named = (name: string): Picture | undefined => images.find(({ param }) => param.startsWith(name));
  const others = images.filter(({ param }) => !/^(init|style)_image/.test(param));
  const init = named("init_image");
  const pictures = {
    image: others[0] ?? init,
    init_image: init ?? others[0],
    style_image: named("style_image") ?? others[init ? 0 : 1],
  };
  return picked(pictures, required) as Pictures;
}

type Derive = (task: ImageTask, pictures: Pictures, making: Making) => unknown;

/** A service's members by OpenAI's parameters. What is undefined is not asked for. */
const DERIVED: Readonly<Record<string, Derive>> = {
  image: (_, { image }) => image?.base64,
  init_image: (_, pictures) => pictures.init_image?.base64,
  style_image: (_, pictures) => pictures.style_image?.base64,
  mask: async ({ mask }, { image }) =>
    mask && image && (await toFamilyMask(mask, image, "white-edits")).base64,
  prompt: ({ prompt }) => prompt || undefined,
  negative_prompt: ({ negativePrompt }) => negativePrompt,
  output_format: ({ outputFormat }) => outputFormat,
  style_preset: ({ style }, _, { notes }) => styleOf(style, STYLES, notes),
  aspect_ratio: ({ size }, _, { notes }) => aspectRatioOf(size, notes),
};

/** Members that the caller does not set by their own names. */
export async function membersOf(
  names: readonly string[],
  task: ImageTask,
  pictures: Pictures,
  making: Making,
): Promise<JsonObject> {
  const members: JsonObject = {};
  for (const name of names.filter((each) => task.own[each] === undefined))
    members[name] = await DERIVED[name]?.(task, pictures, making);
  return members;
}

/** OpenAI's parameters by the members that they are told in. */
export const PARTS: readonly (readonly [Part, string])[] = [
  ["prompt", "prompt"],
  ["negative_prompt", "negative_prompt"],
  ["mask", "mask"],
  ["seed", "seed"],
  ["n", "seed"],
  ["style", "style_preset"],
  ["size", "aspect_ratio"],
  ["background", "background"],
];
