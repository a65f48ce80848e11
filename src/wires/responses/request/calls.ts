import type { ToolCall, ToolMessage } from "../../../openai/chat-messages.ts";
import type { ItemOf } from "../../../openai/responses/items.ts";
import type { Call, Read, Reading } from "./reading.ts";
import { marks, toolContent } from "./parts.ts";

export function functionCall(item: ItemOf<"function_call">, at: string, { toolbox }: Reading): Read[] {
  const { call_id: id, name, namespace, arguments: json } = item;
  const called = { name: toolbox.nameOf("function", name, namespace ?? undefined), arguments: json };
  return calling({ id, type: "function", function: called, ...marks(item) }, at, "function call");
}

export function customCall(item: ItemOf<"custom_tool_call">, at: string, { toolbox }: Reading): Read[] {
  const { call_id: id, name, namespace, input } = item;
  const called = { name: toolbox.nameOf("custom", name, namespace ?? undefined), input };
  return calling({ id, type: "custom", custom: called }, at, "custom tool call");
}

/** A call as an assistant's message. */
export const calling = (call: ToolCall, at: string, kind: Call["kind"]): Read[] => [
  { told: { message: { role: "assistant", tool_calls: [call] }, at }, calls: { id: call.id, kind } },
];

/** What a function or a custom tool returned: text, or parts with files among them. */
export function toolOutput(item: ItemOf<"function_call_output">, at: string): Read[] {
  const parts = `${at}.output`;
  const content = toolContent(item.output, parts);
  return answering({ role: "tool", tool_call_id: item.call_id, content, ...marks(item) }, at);
}

/** A call's result as the message of a tool. */
export const answering = (message: ToolMessage, at: string): Read[] => [
  { told: { message, at, parts: `${at}.output` }, answers: message.tool_call_id },
];
