import type { Adjustment } from "../../adjustments.ts";
import type { Fitted } from "../fitting.ts";
import type { Traits } from "../traits.ts";
import type { ContentBlock, Conversation } from "../types.ts";
import { turns } from "./turns.ts";

const DROPPED: Adjustment = {
  param: "messages",
  action: "dropped",
  reason: "A thought that nothing was said after is not sent: models that sign their thoughts refuse it.",
};

/**
 * An answer that was cut off while the model thought, or ended with it, has nothing behind its last thought. Claude refuses such
 * a turn, and with it every later request of the conversation.
 */
export function unspokenThoughts(conversation: Conversation, { reasoningReplay }: Traits): Fitted {
  if (reasoningReplay !== "signed" || !conversation.messages.some(({ content }) => endsInThought(content)))
    return { conversation, adjustments: [] };
  const messages = conversation.messages.map((message) =>
    endsInThought(message.content)
      ? { ...message, content: message.content.slice(0, message.content.findLastIndex(isSaid) + 1) }
      : message,
  );
  return { conversation: turns({ ...conversation, messages }).conversation, adjustments: [DROPPED] };
}

const endsInThought = (content: readonly ContentBlock[]): boolean =>
  content.findLast((block) => !block.cachePoint)?.reasoningContent !== undefined;

const isSaid = ({ reasoningContent, cachePoint }: ContentBlock): boolean => !reasoningContent && !cachePoint;
