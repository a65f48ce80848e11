import type { Adjustment } from "../../adjustments.ts";
import type { Fitted } from "../fitting.ts";
import { mapContent, mapped } from "../map-content.ts";
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
  const fitted = mapContent(conversation, (content) =>
    mapped(content, (block) => {
      if (!block.toolResult?.status) return block;
      const failed = block.toolResult.status === "error";
      told ||= failed && !traits.toolResultStatus;
      return { toolResult: failed ? failure(block.toolResult, traits) : success(block.toolResult, traits) };
    }),
  );
  return { conversation: fitted, adjustments: told ? [TOLD] : [] };
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
