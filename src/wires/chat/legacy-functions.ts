import type { AssistantMessage, ChatMessage } from "../../openai/chat-messages.ts";
import { untangled } from "./anthropic-parts.ts";
import type { ChatRequest } from "../../openai/chat-request.ts";
import type { ChatToolChoice } from "../../openai/chat-tools.ts";

/** Whether the caller speaks of functions, as before there were tools, and wants to be answered so. */
export const speaksOfFunctions = (request: ChatRequest): boolean => Boolean(request.functions?.length);

/** `functions`, `function_call` and the role `function` in today's words: tools, one call at a time. */
export function modernise(request: ChatRequest): ChatRequest {
  const told = [...untangled(request.messages)];
  const messages = told.some(isLegacy) ? modernMessages(told) : told;
  if (!speaksOfFunctions(request)) return { ...request, messages };
  const { functions, function_call: choice, ...rest } = request;
  const tools = (functions ?? []).map((each) => ({ type: "function" as const, function: each }));
  return {
    ...rest,
    messages,
    tools: [...(request.tools ?? []), ...tools],
    parallel_tool_calls: false,
    ...(choice && { tool_choice: modernChoice(choice) }),
  };
}

const modernChoice = (choice: NonNullable<ChatRequest["function_call"]>): ChatToolChoice =>
  typeof choice === "string" ? choice : { type: "function", function: { name: choice.name } };

const isLegacy = (message: ChatMessage): boolean =>
  message.role === "function" || (message.role === "assistant" && Boolean(message.function_call));

/** Calls of old have no ids: they are answered one by one, so their place is id enough. */
function modernMessages(messages: readonly ChatMessage[]): ChatMessage[] {
  let id = "";
  return messages.map((message, index): ChatMessage => {
    if (message.role === "function") {
      const { name: _, ...result } = message;
      return { ...result, role: "tool", tool_call_id: id };
    }
    if (message.role !== "assistant" || !message.function_call) return message;
    id = `function_call_${index}`;
    const { function_call: call, ...rest } = message;
    return {
      ...rest,
      tool_calls: [...(rest.tool_calls ?? []), { id, type: "function", function: call }],
    } as AssistantMessage;
  });
}
