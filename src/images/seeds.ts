import type { Making } from "./family.ts";
import { integerWithin } from "./integers.ts";

/** A seed by chance, from 0 to `max`. */
export const drawSeed = (max: number): number => crypto.getRandomValues(new Uint32Array(1))[0]! % (max + 1);

/**
 * The seed of the first picture: the caller's, or one drawn, because some families have a fixed one that makes the same
 * picture for ever.
 * @throws BedrockOpenAIError 400 above `max`.
 */
export const firstSeed = (given: unknown, max: number, { drawSeed }: Pick<Making, "drawSeed">): number =>
  given == null ? drawSeed(max) : integerWithin(given, "seed", 0, max);

/** The seed of a later picture; after the last comes 1, because Stability takes 0 for "by chance". */
export const seedAfter = (first: number, pictures: number, max: number): number =>
  first + pictures <= max ? first + pictures : first + pictures - max;
