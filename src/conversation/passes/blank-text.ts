import type { Adjustment } from "../../adjustments.ts";
import type { Fitted } from "../fitting.ts";
import type { ContentBlock, Conversation, ToolResultBlock } from "../types.ts";

const DROPPED: Adjustment = { param: "messages", action: "dropped", reason: "Bedrock refuses blank text." };

const EMPTY_RESULT: ToolResultBlock = { text: "(no output)" };
const FILLED: Adjustment = {
  param: "messages",
  action: "added",
  reason: "An empty tool result is sent as (no output).",
};

/** Most models refuse text that is empty or only whitespace, and a tool result with nothing in it. */
export function blankText(conversation: Conversation): Fitted {
  // One note per kind: a long history would repeat it for every message.
  const adjustments = new Set<Adjustment>();
  const { system, ...rest } = conversation;
  const messages = conversation.messages.map((message) => ({
    ...message,
    content: withoutBlanks(message.content, adjustments).map((block) => filledResult(block, adjustments)),
  }));
  const instructions = system && withoutBlanks(system, adjustments);
  return {
    conversation: { ...rest, messages, ...(instructions?.length && { system: instructions }) },
    adjustments: [...adjustments],
  };
}

function withoutBlanks<T extends { text?: string }>(blocks: T[], adjustments: Set<Adjustment>): T[] {
  const kept = blocks.filter((block) => block.text === undefined || block.text.trim() !== "");
  if (kept.length < blocks.length) adjustments.add(DROPPED);
  return kept;
}

function filledResult(block: ContentBlock, adjustments: Set<Adjustment>): ContentBlock {
  if (!block.toolResult) return block;
  const content = block.toolResult.content.filter(
    (part) => part.text === undefined || part.text.trim() !== "",
  );
  if (content.length === 0) adjustments.add(FILLED);
  return { toolResult: { ...block.toolResult, content: content.length > 0 ? content : [EMPTY_RESULT] } };
}
