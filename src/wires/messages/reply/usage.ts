import type { MessageUsage } from "../../../anthropic/response.ts";
import { thinkingTokens } from "../../../conversation/thinking-tokens.ts";
import type { Usage } from "../../../conversation/types.ts";

/** What Bedrock tells of an answer's cost, as far as it is known. */
export interface Costs {
  usage?: Usage | undefined;
  serviceTier?: { type: string } | undefined;
  additionalModelResponseFields?: unknown;
}

/** Bedrock and Anthropic both count cached input apart. */
export function toUsage({ usage, serviceTier, additionalModelResponseFields: fields }: Costs): MessageUsage {
  const written = usage?.cacheWriteInputTokens ?? 0;
  const hour = sum(usage?.cacheDetails?.filter(({ ttl }) => ttl === "1h"));
  const thought = usage?.reasoningTokens ?? thinkingTokens(fields);
  return {
    input_tokens: usage?.inputTokens ?? 0,
    cache_creation_input_tokens: written,
    cache_read_input_tokens: usage?.cacheReadInputTokens ?? 0,
    cache_creation: {
      ephemeral_5m_input_tokens: Math.max(0, written - hour),
      ephemeral_1h_input_tokens: hour,
    },
    output_tokens: usage?.outputTokens ?? 0,
    ...(thought !== undefined && { output_tokens_details: { thinking_tokens: thought } }),
    service_tier: toTier(serviceTier?.type ?? "default"),
  };
}

const sum = (details: Usage["cacheDetails"] = []): number =>
  details.reduce((total, { inputTokens }) => total + inputTokens, 0);

/** Anthropic has no word for AWS's others. */
const toTier = (tier: string): MessageUsage["service_tier"] =>
  tier === "default" ? "standard" : tier === "priority" ? "priority" : null;
