import type { Adjustment } from "../../adjustments.ts";
import type { Traits } from "../traits.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Conversation, JsonObject, ToolChoice } from "../types.ts";

/** Claude's native field is the only way Bedrock has to ask for one tool call at a time. */
export const ONE_TOOL_AT_A_TIME: JsonObject = { type: "auto", disable_parallel_tool_use: true };

const DROPPED: Adjustment = {
  param: "parallel_tool_calls",
  action: "dropped",
  reason: "This model has no switch for parallel tool calls.",
};

/**
 * Claude takes `disable_parallel_tool_use` only inside its own `tool_choice`, and then no `toolChoice` of Converse
 * may stand beside it; other models take neither.
 */
export function parallelTools(conversation: Conversation, traits: Traits): Fitted {
  const { additionalModelRequestFields, ...rest } = conversation;
  if (!isSwitch(additionalModelRequestFields?.["tool_choice"])) return unchanged(conversation);
  const { tool_choice: native, ...fields } = additionalModelRequestFields;

  if (!traits.parallelToolControl || !conversation.toolConfig) {
    const additional = Object.keys(fields).length > 0 ? { additionalModelRequestFields: fields } : {};
    return {
      conversation: { ...rest, ...additional },
      adjustments: conversation.toolConfig ? [DROPPED] : [],
    };
  }
  const { toolChoice, ...toolConfig } = conversation.toolConfig;
  return {
    conversation: {
      ...rest,
      toolConfig,
      additionalModelRequestFields: {
        ...fields,
        tool_choice: { ...(native as JsonObject), ...(toolChoice && toNative(toolChoice)) },
      },
    },
    adjustments: [],
  };
}

const isSwitch = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && "disable_parallel_tool_use" in value;

function toNative(choice: ToolChoice): JsonObject {
  if (choice.tool) return { type: "tool", name: choice.tool.name };
  return { type: choice.any ? "any" : "auto" };
}
