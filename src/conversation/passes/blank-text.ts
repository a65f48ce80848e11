import type { Adjustment } from "../../adjustments.ts";
import type { Fitted } from "../fitting.ts";
import { kept, mapContent, mapped } from "../map-content.ts";
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
  const { system, ...rest } = mapContent(conversation, (content) =>
    mapped(withoutBlanks(content, adjustments), (block) => filledResult(block, adjustments)),
  );
  const instructions = system && withoutBlanks(system, adjustments);
  return {
    conversation: { ...rest, ...(instructions?.length && { system: instructions }) },
    adjustments: [...adjustments],
  };
}

function withoutBlanks<T extends { text?: string }>(blocks: T[], adjustments: Set<Adjustment>): T[] {
  const filled = kept(blocks, isFilled);
  if (filled !== blocks) adjustments.add(DROPPED);
  return filled;
}

const isFilled = ({ text }: { text?: string }): boolean => text === undefined || /\S/.test(text);

function filledResult(block: ContentBlock, adjustments: Set<Adjustment>): ContentBlock {
  if (!block.toolResult) return block;
  const content = kept(block.toolResult.content, isFilled);
  if (content.length === 0) adjustments.add(FILLED);
  else if (content === block.toolResult.content) return block;
  return { toolResult: { ...block.toolResult, content: content.length > 0 ? content : [EMPTY_RESULT] } };
}
