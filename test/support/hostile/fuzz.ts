import type * as fc from "fast-check";

/**
 * How often a law is tried, and from which seed: the same for everyone, unless the environment asks for more.
 * `HOSTILE_RUNS=50` tries fifty times as often, `HOSTILE_SEED=7` other cases.
 */
export const fuzz = <Ts>(numRuns: number): fc.Parameters<Ts> => ({
  numRuns: numRuns * Number(process.env["HOSTILE_RUNS"] ?? 1),
  seed: Number(process.env["HOSTILE_SEED"] ?? 20_260),
});
