import type { Usage } from "../../conversation/types.ts";
import type { ChatUsage } from "../../openai/chat-response.ts";

/** Bedrock counts cached input apart; OpenAI counts it inside the prompt. */
export function toChatUsage(usage: Usage | undefined): ChatUsage {
  const cached = usage?.cacheReadInputTokens ?? 0;
  const written = usage?.cacheWriteInputTokens ?? 0;
  const prompt = (usage?.inputTokens ?? 0) + cached + written;
  const completion = usage?.outputTokens ?? 0;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: written },
  };
}
