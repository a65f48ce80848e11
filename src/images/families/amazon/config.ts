import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import type { ImageCall, ImageTask, Making } from "../../family.ts";
import { integerWithin } from "../../integers.ts";
import { picked } from "../../picked.ts";
import { firstSeed, seedAfter } from "../../seeds.ts";
import { fitSize } from "../../sizes.ts";
import type { AmazonModel } from "./models.ts";
import type { AmazonTask } from "./tasks.ts";

const MAX_IMAGES = 10;
const IMAGES_PER_CALL = 5;

/** Members of `imageGenerationConfig` that may also stand beside the prompt. */
export const CONFIG_MEMBERS: Readonly<Record<AmazonTask["config"], readonly string[]>> = {
  sized: ["width", "height", "cfgScale", "numberOfImages"],
  unsized: ["cfgScale", "numberOfImages"],
  none: [],
};

/**
 * The calls that make all pictures of a task, each with its share of them and a seed of its own.
 * @throws BedrockOpenAIError 400 for a seed or a number of pictures out of bounds.
 */
export function configured(
  body: JsonObject,
  { config }: AmazonTask,
  task: ImageTask,
  model: AmazonModel,
  making: Making,
): ImageCall[] {
  if (config === "none") return [{ body, count: 1 }];
  const { numberOfImages = task.n, seed = task.seed, ...settings } = settingsOf(config, task, model, making);
  const n = integerWithin(numberOfImages, "numberOfImages", 1, MAX_IMAGES);
  const first = firstSeed(seed, model.maxSeed, making);
  return Array.from({ length: Math.ceil(n / IMAGES_PER_CALL) }, (_, index) => {
    const at = index * IMAGES_PER_CALL;
    const count = Math.min(IMAGES_PER_CALL, n - at);
    const own = { numberOfImages: count, ...settings, seed: seedAfter(first, at, model.maxSeed) };
    return { body: { ...body, imageGenerationConfig: own }, count };
  });
}

/** By OpenAI's parameters, by members beside the prompt, by the caller's own object: the last wins. */
function settingsOf(
  config: AmazonTask["config"],
  { size, quality, own }: ImageTask,
  model: AmazonModel,
  { notes }: Making,
): JsonObject {
  const given = own["imageGenerationConfig"];
  return {
    ...(config === "sized" && size && fitSize(size, model.fit, notes)),
    ...(quality && { quality }),
    ...picked(own, CONFIG_MEMBERS[config]),
    ...(isObject(given) && given),
  };
}
