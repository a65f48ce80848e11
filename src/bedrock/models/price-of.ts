import type { AnsweredBy } from "../../record/record.ts";
import type { Price } from "../../record/usage-event.ts";
import { withoutGeo } from "./family.ts";
import { matchPattern } from "./pattern.ts";

export type PriceOf = (target: AnsweredBy) => Price | undefined;

/**
 * What the operator says a model costs: the first of his patterns that fits its id with or without geo prefix, its ARN, or the
 * model behind an ARN.
 */
export function createPriceOf(prices: Readonly<Record<string, Price>> | undefined): PriceOf {
  const rows = Object.entries(prices ?? {});
  return ({ model, family }) => {
    const names = [model, withoutGeo(model), ...(family ? [family] : [])];
    return rows.find(([pattern]) => names.some((name) => matchPattern(pattern, name)))?.[1];
  };
}
