import type { Traits } from "../../conversation/traits.ts";
import { matchPattern } from "../models/pattern.ts";
import { OPEN } from "./open.ts";
import { TRAITS_TABLE } from "./traits-table.ts";

/** The operator's own rows, by pattern. */
export type TraitOverrides = Readonly<Record<string, Partial<Traits>>>;

/**
 * @param family A model id without geo prefix: `anthropic.claude-sonnet-4-5-20250929-v1:0`.
 * @param learned What AWS's refusals taught: wins over the table.
 * @param overrides The operator's: win over everything, trait by trait.
 */
export function traitsOf(
  family: string,
  overrides: TraitOverrides = {},
  learned: Partial<Traits> = {},
): Traits {
  const row = TRAITS_TABLE.find(([pattern]) => pattern.test(family));
  return { ...OPEN, ...row?.[1], ...learned, ...overrideOf(family, overrides) };
}

/** The operator's first row that matches. */
export const overrideOf = (family: string, overrides: TraitOverrides): Partial<Traits> =>
  Object.entries(overrides).find(([pattern]) => matchPattern(pattern, family))?.[1] ?? {};
