import type { Adjustment } from "../../adjustments.ts";
import type { Fitted } from "../fitting.ts";
import { mapContent, mapped } from "../map-content.ts";
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
  const fitted = mapContent(conversation, (given) => {
    const hoisted: ContentBlock[] = [];
    const content = mapped(given, (block) => {
      if (!block.toolResult) return block;
      // Of a failure Claude reads nothing but text.
      const failed = block.toolResult.status === "error";
      const parts = mapped(block.toolResult.content, (part) => {
        if (!isMedia(part) || (isTaken(part, traits) && !failed)) return part;
        hoisted.push(part as ContentBlock);
        return POINTER;
      });
      return parts === block.toolResult.content
        ? block
        : { toolResult: { ...block.toolResult, content: parts } };
    });
    moved ||= hoisted.length > 0;
    return hoisted.length > 0 ? [...content, ...hoisted] : content;
  });
  return { conversation: fitted, adjustments: moved ? [MOVED] : [] };
}

const isTaken = (part: ToolResultBlock, { toolResultMedia: taken }: Traits): boolean =>
  MEDIA.every((name) => !(name in part) || taken.includes(name));

const isMedia = (part: ToolResultBlock): boolean => MEDIA.some((name) => name in part);

const MEDIA = ["image", "document", "video"] as const;
