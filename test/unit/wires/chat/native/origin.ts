import type { Origin } from "../../../../../src/wires/chat/native/envelope.ts";

/** Ids that count, so that a test can tell one from another. */
export function originOf(family = "openai.gpt-6-sol", model = `us.${family}`): Origin {
  let count = 0;
  return {
    model,
    family,
    now: () => 1_700_000_000,
    newId: (prefix) => `${prefix}own_${(count += 1)}`,
  };
}
