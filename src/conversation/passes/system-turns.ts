import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Traits } from "../traits.ts";
import type { Conversation, Message, SystemBlock } from "../types.ts";

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
  const followers = rolesAfter(conversation.messages);
  let before: Message["role"] | undefined;
  for (const [index, message] of conversation.messages.entries()) {
    if (speaks(message)) before = message.role;
    const fits = before === "user" && followers[index] !== "user" && isText(message);
    if (!isSystem(message) || (traits.systemTurns && fits)) messages.push(message);
    else for (const block of message.content) moved.push(block as SystemBlock);
  }
  if (moved.length === 0) return unchanged(conversation);
  return {
    conversation: { ...conversation, messages, system: [...(conversation.system ?? []), ...moved] },
    adjustments: [MOVED],
  };
}

const isSystem = ({ role }: Message): boolean => role === "system";

const isText = ({ content }: Message): boolean => content.every((block) => block.text);

const speaks = (message: Message): boolean =>
  !isSystem(message) && message.content.some((block) => !block.cachePoint);

/** Who speaks next after each message. */
function rolesAfter(messages: readonly Message[]): (Message["role"] | undefined)[] {
  let next: Message["role"] | undefined;
  const roles = messages.toReversed().map((message) => {
    const after = next;
    if (speaks(message)) next = message.role;
    return after;
  });
  return roles.toReversed();
}
