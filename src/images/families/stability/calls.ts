import type { JsonObject } from "../../../conversation/types.ts";
import type { ImageCall, ImageTask, Making } from "../../family.ts";
import { firstSeed, seedAfter } from "../../seeds.ts";

/** One picture a call: `n` calls, each with the next seed. */
export function seededCalls(
  body: JsonObject,
  { n, seed, own }: ImageTask,
  maxSeed: number,
  making: Making,
): ImageCall[] {
  const first = firstSeed(own["seed"] ?? seed, maxSeed, making);
  return Array.from({ length: n }, (_, index) => ({
    body: { ...body, seed: seedAfter(first, index, maxSeed) },
    count: 1,
  }));
}
