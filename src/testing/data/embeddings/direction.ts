import { createHash } from "node:crypto";

/** A vector of length 1. */
export type Vector = readonly number[];

/** What a vector is made of: something that gives a direction, and how far to go in it. */
export interface Step {
  /** What decides the direction; equal seeds go the same way, and others nearly at right angles. */
  seed: string | Uint8Array;
  weight: number;
}

const FLOAT32_DIGITS = 8;

/** The vector that the steps lead to. Its first numbers are the same, but for the length, in every dimension. */
export function follow(steps: readonly Step[], dimensions: number): Vector {
  const sum = new Float64Array(dimensions);
  for (const { seed, weight } of steps) {
    const next = randomFrom(seed);
    for (let at = 0; at < dimensions; at += 1) sum[at] = (sum[at] ?? 0) + weight * next();
  }
  return unit(sum);
}

/** The vector between several, as models do that embed text and images at once. */
export function average(vectors: readonly Vector[]): Vector {
  const [first = []] = vectors;
  return unit(first.map((_, at) => vectors.reduce((sum, vector) => sum + (vector[at] ?? 0), 0)));
}

/** The same direction at another length. */
export function stretch(vector: Iterable<number>, factor: number): number[] {
  return Array.from(vector, (value) => Number((value * factor).toPrecision(FLOAT32_DIGITS)));
}

function unit(vector: Float64Array | Vector): Vector {
  return stretch(vector, 1 / Math.hypot(...vector));
}

/** Numbers between -1 and 1 that only the seed decides (mulberry32). */
function randomFrom(seed: string | Uint8Array): () => number {
  let state = createHash("sha256").update(seed).digest().readUInt32LE();
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}
