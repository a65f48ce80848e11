import { CLAUDE_FROM_4_6, rowFor } from "./families.ts";
import type { Rule } from "./rule.ts";

/** The most tokens a model writes. Families without a row are open. */
const LIMITS: readonly { models: RegExp; tokens: number }[] = [
  { models: CLAUDE_FROM_4_6, tokens: 128_000 },
  { models: /^anthropic\.claude-(opus|sonnet|haiku)-4-5/, tokens: 64_000 },
  { models: /^anthropic\.claude-opus-4-1/, tokens: 32_000 },
  { models: /^amazon\.nova-(pro|lite|micro)/, tokens: 10_000 },
  { models: /^amazon\.nova-2-lite/, tokens: 65_535 },
];

export const MAX_TOKENS_RULES: readonly Rule[] = [
  {
    name: "maxTokens stays within the model's limit",
    check: ({ inferenceConfig }, { baseId }) => {
      const limit = rowFor(LIMITS, baseId)?.tokens ?? Infinity;
      if ((inferenceConfig?.maxTokens ?? 0) <= limit) return undefined;
      return (
        `The maximum tokens you requested exceeds the model limit of ${limit}. ` +
        `Try again with a maximum tokens value that is lower than ${limit}.`
      );
    },
  },
];
