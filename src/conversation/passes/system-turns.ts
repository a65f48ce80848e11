import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Traits } from "../traits.ts";
import type { ContentBlock, Conversation, Message, SystemBlock } from "../types.ts";

const MOVED: Adjustment = {
  param: "messages",
  action: "emulated",
  reason: "This model takes instructions only at the beginning; later ones were moved there.",
};

/**
 * Instructions in the middle of a conversation: where they stand, for the models that take them there after a user turn
 * and before an assistant's; otherwise at the end of the system prompt.
 */
export function systemTurns(conversation: Conversation, traits: Traits): Fitted {
  if (!conversation.messages.some(isSystem)) return unchanged(conversation);
  const messages: Message[] = [];
  const moved: SystemBlock[] = [];
  for (const [index, message] of conversation.messages.entries()) {
    if (!isSystem(message) || (traits.systemTurns && fits(conversation.messages, index)))
      messages.push(message);
    else moved.push(...(message.content as SystemBlock[]));
  }
  if (moved.length === 0) return unchanged(conversation);
  return {
    conversation: { ...conversation, messages, system: [...(conversation.system ?? []), ...moved] },
    adjustments: [MOVED],
  };
}

const isSystem = ({ role }: Message): boolean => role === "system";

const speaks = (message: Message): boolean => !isSystem(message) && message.content.length > 0;

function fits(messages: readonly Message[], index: number): boolean {
  const before = messages.slice(0, index).findLast(speaks);
  const after = messages.slice(index + 1).find(speaks);
  const isText = messages[index]!.content.every((block: ContentBlock) => block.text ?? block.cachePoint);
  return before?.role === "user" && (!after || after.role === "assistant") && isText;
}
