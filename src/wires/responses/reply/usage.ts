import type { ResponseUsage } from "../../../openai/responses/response.ts";
import { type Counted, toChatUsage } from "../../reply/usage.ts";

/** What an answer cost, in the words of responses. */
export function toResponseUsage(counted: readonly Counted[]): ResponseUsage {
  const { prompt_tokens_details, completion_tokens_details, ...usage } = toChatUsage(counted);
  return {
    input_tokens: usage.prompt_tokens,
    input_tokens_details: {
      cached_tokens: prompt_tokens_details?.cached_tokens ?? 0,
      cache_write_tokens: prompt_tokens_details?.cache_write_tokens ?? 0,
    },
    output_tokens: usage.completion_tokens,
    output_tokens_details: { reasoning_tokens: completion_tokens_details?.reasoning_tokens ?? 0 },
    total_tokens: usage.total_tokens,
  };
}
