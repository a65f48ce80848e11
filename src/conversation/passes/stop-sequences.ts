import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Traits } from "../traits.ts";
import type { Conversation } from "../types.ts";

const EMULATED: Adjustment = {
  param: "stop",
  action: "emulated",
  reason: "This model does not accept stop sequences; the answer is cut at them.",
};

const DROPPED: Adjustment = {
  param: "stop",
  action: "dropped",
  reason: "This model does not accept stop sequences, and structured output is not cut at them.",
};

/** Stop sequences are sent, or looked for in the answer; but JSON that follows a schema stays whole. */
export function stopSequences(conversation: Conversation, traits: Traits): Fitted {
  const { inferenceConfig: wanted, ...rest } = conversation;
  const { stopSequences: stopAt, ...config } = wanted ?? {};
  if (traits.stopSequences || !stopAt) return unchanged(conversation);
  const kept = Object.keys(config).length > 0 ? { inferenceConfig: config } : {};
  const fitted = { ...rest, ...kept };
  return conversation.outputConfig?.textFormat
    ? { conversation: fitted, adjustments: [DROPPED] }
    : { conversation: fitted, adjustments: [EMULATED], restore: { stopAt } };
}
