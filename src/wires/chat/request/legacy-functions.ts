import type { AssistantMessage, ChatMessage } from "../../../openai/chat-messages.ts";
import type { ChatRequest } from "../../../openai/chat-request.ts";
import type { ChatToolChoice } from "../../../openai/chat-tools.ts";
import type { Told } from "../../request/anthropic-parts.ts";

/** Whether the caller speaks of functions, as before there were tools, and wants to be answered so. */
export const speaksOfFunctions = (request: ChatRequest): boolean => Boolean(request.functions?.length);

/** `functions` and `function_call` in today's words: tools, one call at a time. */
export function withTools(request: ChatRequest): ChatRequest {
  if (!speaksOfFunctions(request)) return request;
  const { functions, function_call: choice, ...rest } = request;
  const tools = (functions ?? []).map((each) => ({ type: "function" as const, function: each }));
  return {
    ...rest,
    tools: [...(request.tools ?? []), ...tools],
    parallel_tool_calls: false,
    ...(choice && { tool_choice: modernChoice(choice) }),
  };
}

const modernChoice = (choice: NonNullable<ChatRequest["function_call"]>): ChatToolChoice =>
  typeof choice === "string" ? choice : { type: "function", function: { name: choice.name } };

/** Calls and results of old have no ids: they are answered one by one, so their place is id enough. */
export function withToolIds(told: readonly Told[]): Told[] {
  let id = "";
  return told.map(({ message, at }) => {
    if (message.role === "assistant" && message.function_call) id = `function_call_${at}`;
    return { message: modern(message, id), at };
  });
}

function modern(message: ChatMessage, id: string): ChatMessage {
  if (message.role === "function") {
    const { name: _, ...result } = message;
    return { ...result, role: "tool", tool_call_id: id };
  }
  if (message.role !== "assistant" || !message.function_call) return message;
  const { function_call: call, ...rest } = message;
  const calls = [...(rest.tool_calls ?? []), { id, type: "function" as const, function: call }];
  return { ...rest, tool_calls: calls } as AssistantMessage;
}
