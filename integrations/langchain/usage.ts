import type { UsageMetadata } from "@langchain/core/messages";
import type { ChatCompletion } from "../../src/index.ts";

type Usage = NonNullable<ChatCompletion["usage"]>;

/** What a message is made with. LangChain's own type of it forgets usage where a message's structure is not told. */
export const withUsage = <Fields extends object>(fields: Fields, usage: Usage | null | undefined): Fields =>
  usage ? { ...fields, usage_metadata: toUsageMetadata(usage) } : fields;

export const usageOf = (message: object | undefined): UsageMetadata | undefined =>
  (message as { usage_metadata?: UsageMetadata } | undefined)?.usage_metadata;

/** LangChain's usage. As in OpenAI's, cached tokens are among the input, and thoughts among the output. */
export function toUsageMetadata(usage: Usage): UsageMetadata {
  const { prompt_tokens_details: prompt, completion_tokens_details: completion } = usage;
  return {
    input_tokens: usage.prompt_tokens,
    output_tokens: usage.completion_tokens,
    total_tokens: usage.total_tokens,
    input_token_details: {
      ...(prompt?.cached_tokens != null && { cache_read: prompt.cached_tokens }),
      ...(prompt?.cache_write_tokens != null && { cache_creation: prompt.cache_write_tokens }),
    },
    output_token_details: {
      ...(completion?.reasoning_tokens != null && { reasoning: completion.reasoning_tokens }),
    },
  };
}

/** The same in the words of `llmOutput`, which older callbacks read. */
export interface TokenUsage {
  promptTokens: number;
  completionTokens: number;
  totalTokens: number;
}

export const toTokenUsage = (usage: UsageMetadata): TokenUsage => ({
  promptTokens: usage.input_tokens,
  completionTokens: usage.output_tokens,
  totalTokens: usage.total_tokens,
});

export const addTokenUsage = (one: TokenUsage, other: TokenUsage): TokenUsage => ({
  promptTokens: one.promptTokens + other.promptTokens,
  completionTokens: one.completionTokens + other.completionTokens,
  totalTokens: one.totalTokens + other.totalTokens,
});
