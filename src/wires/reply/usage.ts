import { thinkingTokens } from "../../conversation/thinking-tokens.ts";
import type { Usage } from "../../conversation/types.ts";
import type { ChatUsage } from "../../openai/chat-response.ts";

/** What a response tells of its cost. */
export interface Counted {
  usage?: Usage;
  additionalModelResponseFields?: unknown;
}

/** The usage of all answers to one request. Bedrock counts cached input apart; OpenAI counts it inside the prompt. */
export function toChatUsage(responses: readonly Counted[]): ChatUsage {
  const total = (count: (usage: Usage) => number | undefined): number =>
    responses.reduce((sum, { usage }) => sum + ((usage && count(usage)) ?? 0), 0);
  const cached = total((usage) => usage.cacheReadInputTokens);
  const written = total((usage) => usage.cacheWriteInputTokens);
  const prompt = total((usage) => usage.inputTokens) + cached + written;
  const completion = total((usage) => usage.outputTokens);
  const reasoning = responses.map(
    ({ usage, additionalModelResponseFields: fields }) => usage?.reasoningTokens ?? thinkingTokens(fields),
  );
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: written },
    ...(reasoning.some((count) => count !== undefined) && {
      completion_tokens_details: {
        reasoning_tokens: reasoning.reduce<number>((sum, count) => sum + (count ?? 0), 0),
      },
    }),
  };
}
