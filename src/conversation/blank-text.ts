import type { Adjustment } from "../adjustments.ts";
import { type Fitted, unchanged } from "./fitting.ts";
import type { ContentBlock, Conversation, Message, ToolResultBlock } from "./types.ts";

const EMPTY_RESULT: ToolResultBlock = { text: "(no output)" };

/** Most models refuse text that is empty or only whitespace, and a tool result with nothing in it. */
export function blankText(conversation: Conversation): Fitted {
  const adjustments: Adjustment[] = [];
  const messages = conversation.messages.map((message) => withoutBlanks(message, adjustments));
  const system = conversation.system?.filter((block) => block.text === undefined || !isBlank(block.text));
  if (adjustments.length === 0 && system?.length === conversation.system?.length)
    return unchanged(conversation);
  const { system: _, ...rest } = conversation;
  return {
    conversation: { ...rest, messages, ...(system && system.length > 0 ? { system } : {}) },
    adjustments: merged(adjustments),
  };
}

function withoutBlanks(message: Message, adjustments: Adjustment[]): Message {
  const content = message.content.flatMap((block): ContentBlock[] => {
    if (block.text !== undefined && isBlank(block.text)) {
      adjustments.push({ param: "messages", action: "dropped", reason: "Bedrock refuses blank text." });
      return [];
    }
    if (!block.toolResult) return [block];
    const kept = block.toolResult.content.filter((part) => part.text === undefined || !isBlank(part.text));
    if (kept.length === block.toolResult.content.length && kept.length > 0) return [block];
    if (kept.length === 0) {
      adjustments.push({
        param: "messages",
        action: "added",
        reason: "An empty tool result is sent as (no output).",
      });
    }
    return [{ toolResult: { ...block.toolResult, content: kept.length > 0 ? kept : [EMPTY_RESULT] } }];
  });
  return { ...message, content };
}

const isBlank = (text: string): boolean => text.trim() === "";

/** One note per kind: a long history would repeat it for every message. */
const merged = (adjustments: readonly Adjustment[]): Adjustment[] => [
  ...new Map(adjustments.map((each) => [each.reason, each])).values(),
];
