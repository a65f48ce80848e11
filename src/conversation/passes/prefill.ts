import type { Adjustment } from "../../adjustments.ts";
import { isThinking } from "../reasoning/request.ts";
import type { Traits } from "../traits.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import { CONTINUE } from "./turns.ts";
import type { Conversation } from "../types.ts";

const ADDED: Adjustment = {
  param: "messages",
  action: "added",
  reason: "This model does not continue an assistant message; 'Please continue.' was put after it.",
};

const TRIMMED: Adjustment = {
  param: "messages",
  action: "dropped",
  reason: "Bedrock refuses blanks at the end of an assistant message that is to be continued.",
};

/** A conversation that ends on an assistant turn: continued where the model can, asked to continue where it cannot. */
export function prefill(conversation: Conversation, traits: Traits): Fitted {
  const last = conversation.messages.at(-1);
  if (last?.role !== "assistant") return unchanged(conversation);
  if (!traits.prefill || isThinking(conversation)) {
    return {
      conversation: { ...conversation, messages: [...conversation.messages, CONTINUE] },
      adjustments: [ADDED],
    };
  }
  const content = last.content.filter((block) => !block.cachePoint);
  const text = content.at(-1)?.text;
  if (text === undefined || text === text.trimEnd()) return unchanged(conversation);
  // Refused by Claude, and never meant: the blank would only start the next word.
  const trimmed = [...content.slice(0, -1), { text: text.trimEnd() }];
  return {
    conversation: {
      ...conversation,
      messages: [...conversation.messages.slice(0, -1), { ...last, content: trimmed }],
    },
    adjustments: [TRIMMED],
  };
}
