import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Traits } from "../traits.ts";
import type { Conversation, ToolResult, ToolResultBlock } from "../types.ts";

const TOLD: Adjustment = {
  param: "messages",
  action: "emulated",
  reason: "This model takes no status of a tool result; that it failed is told in its text.",
};

const FAILED: ToolResultBlock = { text: "(The tool failed.)" };

/** Whether a tool failed: as a status where the model takes one, otherwise in words. A failure is told in text only. */
export function toolResultStatus(conversation: Conversation, traits: Traits): Fitted {
  let told = false;
  let changed = false;
  const messages = conversation.messages.map((message) => ({
    ...message,
    content: message.content.map((block) => {
      if (!block.toolResult?.status) return block;
      changed = true;
      const failed = block.toolResult.status === "error";
      told ||= failed && !traits.toolResultStatus;
      return { toolResult: failed ? failure(block.toolResult, traits) : success(block.toolResult, traits) };
    }),
  }));
  if (!changed) return unchanged(conversation);
  return { conversation: { ...conversation, messages }, adjustments: told ? [TOLD] : [] };
}

function success(result: ToolResult, traits: Traits): ToolResult {
  const { status: _, ...rest } = result;
  return traits.toolResultStatus ? result : rest;
}

function failure(result: ToolResult, traits: Traits): ToolResult {
  const { status, ...rest } = result;
  const content = rest.content.map((part) =>
    part.json === undefined ? part : { text: JSON.stringify(part.json) },
  );
  return traits.toolResultStatus && status
    ? { ...rest, content, status }
    : { ...rest, content: [FAILED, ...content] };
}
