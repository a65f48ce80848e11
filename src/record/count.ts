import type { Usage } from "../conversation/types.ts";
import type { CallRecord, Tokens } from "./record.ts";

const NONE: Tokens = { input: 0, output: 0, cached: 0, written: 0, reasoning: 0 };

/** Adds what one of a call's answers cost. */
export function count(record: CallRecord, tokens: Partial<Tokens>): void {
  const before = record.tokens ?? NONE;
  record.tokens = Object.fromEntries(
    Object.entries(before).map(([kind, sum]) => [kind, sum + (tokens[kind as keyof Tokens] ?? 0)]),
  ) as unknown as Tokens;
}

/** Bedrock counts cached input apart. */
export const tokensIn = (usage: Usage): Tokens => {
  const { cacheReadInputTokens: cached = 0, cacheWriteInputTokens: written = 0 } = usage;
  return {
    input: usage.inputTokens + cached + written,
    output: usage.outputTokens,
    cached,
    written,
    reasoning: usage.reasoningTokens ?? 0,
  };
};
