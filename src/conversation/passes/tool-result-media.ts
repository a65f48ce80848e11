import type { Adjustment } from "../../adjustments.ts";
import type { Fitted } from "../fitting.ts";
import type { Traits } from "../traits.ts";
import type { ContentBlock, Conversation, ToolResultBlock } from "../types.ts";

const MOVED: Adjustment = {
  param: "messages",
  action: "emulated",
  reason: "This model takes no such media in a tool result; it stands after the results.",
};

/** Said in the place of what was moved, so that the model knows where to look. */
const POINTER: ToolResultBlock = { text: "(The file stands after the tool results.)" };

/** Media in tool results, for the models that take it only in the user's own words: after the results, in order. */
export function toolResultMedia(conversation: Conversation, traits: Traits): Fitted {
  let moved = false;
  const messages = conversation.messages.map((message) => {
    const hoisted: ContentBlock[] = [];
    const content = message.content.map((block): ContentBlock => {
      if (!block.toolResult) return block;
      // Of a failure Claude reads nothing but text.
      const failed = block.toolResult.status === "error";
      const parts = block.toolResult.content.map((part) => {
        if (isTaken(part, traits) && !(failed && isMedia(part))) return part;
        hoisted.push(part as ContentBlock);
        return POINTER;
      });
      return { toolResult: { ...block.toolResult, content: parts } };
    });
    moved ||= hoisted.length > 0;
    return hoisted.length > 0 ? { ...message, content: [...content, ...hoisted] } : message;
  });
  return { conversation: { ...conversation, messages }, adjustments: moved ? [MOVED] : [] };
}

const isTaken = (part: ToolResultBlock, { toolResultMedia: taken }: Traits): boolean =>
  MEDIA.every((name) => !(name in part) || taken.includes(name));

const isMedia = (part: ToolResultBlock): boolean => MEDIA.some((name) => name in part);

const MEDIA = ["image", "document", "video"] as const;
