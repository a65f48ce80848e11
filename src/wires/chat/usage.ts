import type { Usage } from "../../conversation/types.ts";
import type { ChatUsage } from "../../openai/chat-response.ts";

/** The usage of all answers to one request. Bedrock counts cached input apart; OpenAI counts it inside the prompt. */
export function toChatUsage(usages: readonly (Usage | undefined)[]): ChatUsage {
  const total = (count: (usage: Usage) => number | undefined): number =>
    usages.reduce((sum, usage) => sum + ((usage && count(usage)) ?? 0), 0);
  const cached = total((usage) => usage.cacheReadInputTokens);
  const written = total((usage) => usage.cacheWriteInputTokens);
  const prompt = total((usage) => usage.inputTokens) + cached + written;
  const completion = total((usage) => usage.outputTokens);
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: written },
  };
}
