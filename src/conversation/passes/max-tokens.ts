import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Traits } from "../traits.ts";
import type { Conversation } from "../types.ts";

/** A limit above the model's own is refused, though nobody who sets it wants less than all. */
export function maxTokens(conversation: Conversation, { maxOutputTokens }: Traits): Fitted {
  const { inferenceConfig } = conversation;
  if ((inferenceConfig?.maxTokens ?? 0) <= maxOutputTokens) return unchanged(conversation);
  return {
    conversation: { ...conversation, inferenceConfig: { ...inferenceConfig, maxTokens: maxOutputTokens } },
    adjustments: [clamped(maxOutputTokens)],
  };
}

const clamped = (limit: number): Adjustment => ({
  param: "max_completion_tokens",
  action: "clamped",
  reason: `This model writes at most ${limit} tokens.`,
});
