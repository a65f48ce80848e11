import type { Adjustment } from "../adjustments.ts";
import { type Fitted, unchanged } from "./fitting.ts";
import type { Conversation, Tool } from "./types.ts";

const ADDED: Adjustment = {
  param: "tools",
  action: "emulated",
  reason:
    "Bedrock wants tools with a history of tool calls: those of the history are sent, with the instruction not to call them.",
};

const INSTRUCTION = "No tools are available any more. Answer in text; do not call a tool.";

/** Bedrock refuses tool calls in the history of a request that offers no tools. */
export function toolHistory(conversation: Conversation): Fitted {
  if (conversation.toolConfig) return unchanged(conversation);
  const names = new Set<string>();
  for (const message of conversation.messages) {
    for (const { toolUse } of message.content) if (toolUse) names.add(toolUse.name);
  }
  if (names.size === 0) return unchanged(conversation);
  return {
    conversation: {
      ...conversation,
      system: [...(conversation.system ?? []), { text: INSTRUCTION }],
      toolConfig: { tools: [...names].map(bareTool) },
    },
    adjustments: [ADDED],
  };
}

const bareTool = (name: string): Tool => ({
  toolSpec: { name, inputSchema: { json: { type: "object", properties: {} } } },
});
