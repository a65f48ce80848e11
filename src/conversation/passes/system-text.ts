import type { Adjustment } from "../../adjustments.ts";
import type { Traits } from "../traits.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Conversation, Message } from "../types.ts";

const MOVED: Adjustment = {
  param: "messages",
  action: "emulated",
  reason: "This model has no system prompt; the instructions open the conversation instead.",
};

/** Instructions for a model without a system prompt: said by the user, before anything else. */
export function systemText(conversation: Conversation, traits: Traits): Fitted {
  const { system, ...rest } = conversation;
  if (traits.system || !system) return unchanged(conversation);
  const instructions: Message = {
    role: "user",
    content: system.filter((block) => !block.cachePoint),
  };
  return { conversation: { ...rest, messages: [instructions, ...rest.messages] }, adjustments: [MOVED] };
}
