import type { BedrockExtras, ServiceTier } from "../../openai/chat-response.ts";

export function toExtras({ trace, additionalModelResponseFields: fields }: BedrockExtras): BedrockExtras {
  // The count of thoughts is told as usage.
  const { usage: _, ...asked } = (fields ?? {}) as { usage?: unknown };
  return {
    ...(trace && { trace }),
    ...(Object.keys(asked).length > 0 && { additionalModelResponseFields: asked }),
  };
}

/** AWS's `reserved` is a word that OpenAI's clients would refuse. */
export const toServiceTier = (tier: { type: string } | undefined): { service_tier?: ServiceTier } =>
  tier && ["default", "flex", "priority"].includes(tier.type)
    ? { service_tier: tier.type as ServiceTier }
    : {};
