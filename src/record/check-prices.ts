import type { Price } from "./usage-event.ts";

const KINDS = ["input", "output", "cached", "written", "writtenForAnHour"] as const;
const KNOWN: readonly string[] = [...KINDS, "tiers"];

/** What is wrong with the option `prices`: a price that is no number would silently be a cost that is none. */
export function checkPrices(prices: Readonly<Record<string, Price>> | undefined): string | undefined {
  for (const [pattern, price] of Object.entries(prices ?? {})) {
    const fault = faultOf(price);
    if (fault) return `'prices' of '${pattern}': ${fault}`;
  }
  return undefined;
}

function faultOf(price: Price): string | undefined {
  if (price?.input === undefined) return "'input' is missing, the price of a million tokens";
  const unknown = Object.keys(price).find((name) => !KNOWN.includes(name));
  if (unknown) return `there is no '${unknown}'; known are ${KNOWN.join(", ")}`;
  const wrong = KINDS.find((kind) => price[kind] !== undefined && !isAmount(price[kind]));
  if (wrong) return `'${wrong}' must be a number, 0 or more`;
  const tier = Object.entries(price.tiers ?? {}).find(([, factor]) => !isAmount(factor))?.[0];
  return tier === undefined ? undefined : `'tiers.${tier}' must be a number, 0 or more`;
}

const isAmount = (value: unknown): boolean => Number.isFinite(value) && Number(value) >= 0;
