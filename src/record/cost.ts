import type { Tokens } from "./record.ts";
import type { Price } from "./usage-event.ts";

const MILLION = 1_000_000;

/** What tokens cost by a price, each counted once. @param tier The service tier, where AWS told it. */
export function costOf(tokens: Tokens, price: Price, tier = "default"): number {
  const { input: whole, output = 0 } = price;
  const { cached = whole, written = whole } = price;
  const { writtenForAnHour = written } = price;
  const plain = Math.max(0, tokens.input - tokens.cached - tokens.written);
  const sum =
    plain * whole +
    tokens.cached * cached +
    (tokens.written - tokens.writtenForAnHour) * written +
    tokens.writtenForAnHour * writtenForAnHour +
    tokens.output * output;
  const factor = price.tiers && Object.hasOwn(price.tiers, tier) ? price.tiers[tier]! : 1;
  return (sum * factor) / MILLION;
}
