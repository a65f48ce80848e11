import { thinkingTokens } from "../conversation/thinking-tokens.ts";
import type { Usage } from "../conversation/types.ts";
import type { CallRecord, Tokens } from "./record.ts";

/** Adds what one of a call's answers cost. */
export function count(record: CallRecord, tokens: Partial<Tokens>): void {
  const before = record.tokens;
  const sum = (kind: keyof Tokens): number => (before?.[kind] ?? 0) + (tokens[kind] ?? 0);
  record.tokens = {
    input: sum("input"),
    output: sum("output"),
    cached: sum("cached"),
    written: sum("written"),
    writtenForAnHour: sum("writtenForAnHour"),
    reasoning: sum("reasoning"),
  };
}

/**
 * Converse's counts, as the caller is told them: Bedrock counts cached input apart.
 * @param fields `additionalModelResponseFields`, where Claude counts its thoughts.
 */
export const tokensIn = (usage: Usage, fields?: unknown): Tokens => {
  const { cacheReadInputTokens: cached = 0, cacheWriteInputTokens: written = 0 } = usage;
  return {
    input: usage.inputTokens + cached + written,
    output: usage.outputTokens,
    cached,
    written,
    writtenForAnHour: forAnHour(usage),
    reasoning: usage.reasoningTokens ?? thinkingTokens(fields) ?? 0,
  };
};

const forAnHour = ({ cacheDetails = [] }: Usage): number =>
  cacheDetails.reduce((sum, { ttl, inputTokens }) => (ttl === "1h" ? sum + inputTokens : sum), 0);

/** OpenAI's counts, as AWS's own chat endpoint tells them. */
export function tokensInChat(usage: Readonly<Record<string, unknown>>): Tokens {
  const input = usage["prompt_tokens_details"];
  const output = usage["completion_tokens_details"];
  return {
    input: numberIn(usage, "prompt_tokens"),
    output: numberIn(usage, "completion_tokens"),
    cached: numberIn(input, "cached_tokens"),
    written: numberIn(input, "cache_write_tokens"),
    writtenForAnHour: 0,
    reasoning: numberIn(output, "reasoning_tokens"),
  };
}

/** OpenAI's counts, as AWS's own Responses API tells them. */
export function tokensInResponse(usage: object): Tokens {
  const counts = usage as Readonly<Record<string, unknown>>;
  return {
    input: numberIn(counts, "input_tokens"),
    output: numberIn(counts, "output_tokens"),
    cached: numberIn(counts["input_tokens_details"], "cached_tokens"),
    written: numberIn(counts["input_tokens_details"], "cache_write_tokens"),
    writtenForAnHour: 0,
    reasoning: numberIn(counts["output_tokens_details"], "reasoning_tokens"),
  };
}

/** Anthropic's counts: what was cached stands beside the rest of the prompt. */
export function tokensInMessage(usage: Readonly<Record<string, unknown>>): Tokens {
  const cached = numberIn(usage, "cache_read_input_tokens");
  const written = numberIn(usage, "cache_creation_input_tokens");
  return {
    input: numberIn(usage, "input_tokens") + cached + written,
    output: numberIn(usage, "output_tokens"),
    cached,
    written,
    writtenForAnHour: numberIn(usage["cache_creation"], "ephemeral_1h_input_tokens"),
    reasoning: numberIn(usage["output_tokens_details"], "thinking_tokens"),
  };
}

function numberIn(counts: unknown, name: string): number {
  const value = (counts as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return typeof value === "number" ? value : 0;
}
