import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Traits } from "../traits.ts";
import type { Conversation } from "../types.ts";

/**
 * A limit above the model's own is refused, though nobody who sets it wants less than all. Who sets none gets all where a
 * body must name one, as Converse gives it.
 */
export function maxTokens(
  conversation: Conversation,
  { maxOutputTokens: most, limitRequired }: Traits,
): Fitted {
  const asked = conversation.inferenceConfig?.maxTokens;
  const isMissing = asked === undefined && limitRequired && Number.isFinite(most);
  if (!isMissing && (asked ?? 0) <= most) return unchanged(conversation);
  return {
    conversation: { ...conversation, inferenceConfig: { ...conversation.inferenceConfig, maxTokens: most } },
    adjustments: isMissing ? [] : [clamped(most)],
  };
}

const clamped = (limit: number): Adjustment => ({
  param: "max_completion_tokens",
  action: "clamped",
  reason: `This model writes at most ${limit} tokens.`,
});
