import type { AssistantMessage, ChatMessage, ToolCall, ToolMessage } from "../../openai/chat-messages.ts";

/** Messages in OpenAI's form, each with the place it had in the caller's. */
export interface Told {
  message: ChatMessage;
  at: string;
  /** Where its parts stand. Default: in its `content`. */
  parts?: string;
}

/**
 * Anthropic's way to tell of tools, which mixed clients send in OpenAI messages: `tool_use` parts become tool calls, and
 * `tool_result` parts of the user become tool messages before what else the user says.
 */
export const untangled = (messages: readonly ChatMessage[]): Told[] =>
  messages.flatMap((message, index) => {
    const at = `messages[${index}]`;
    if (message.role === "assistant") return [{ message: withToolCalls(message), at }];
    return message.role === "user" ? withToolMessages(message, at) : [{ message, at }];
  });

interface Part {
  type: string;
  [member: string]: unknown;
}

function withToolCalls(message: AssistantMessage): AssistantMessage {
  if (!Array.isArray(message.content) || !message.content.some(({ type }) => type === "tool_use"))
    return message;
  const calls: ToolCall[] = [...(message.tool_calls ?? [])];
  // Some clients tell every call twice, in both ways.
  const known = new Set(calls.map(({ id }) => id));
  const rest: typeof message.content = [];
  for (const part of message.content) {
    const call = toCall(part);
    if (!call) rest.push(part);
    else if (!known.has(call.id)) calls.push(call);
  }
  return { ...message, content: rest, tool_calls: calls };
}

function toCall({ type, id, name, input, cache_control }: Part): ToolCall | undefined {
  if (type !== "tool_use" || !isText(id) || !isText(name)) return undefined;
  // Where pieces of a stream were put together, the input is still their text.
  const text = typeof input === "string" ? input : JSON.stringify(input ?? {});
  return { id, type: "function", function: { name, arguments: text }, cache_control };
}

function withToolMessages(message: Extract<ChatMessage, { role: "user" }>, at: string): Told[] {
  const { content } = message;
  if (!Array.isArray(content) || !content.some(({ type }) => type === "tool_result"))
    return [{ message, at }];
  const results = content.flatMap((part, index): Told[] => {
    if (part.type !== "tool_result") return [];
    const { tool_use_id, content: result, is_error, cache_control } = part;
    const told: ToolMessage = {
      role: "tool",
      tool_call_id: tool_use_id,
      content: result,
      is_error,
      cache_control,
    };
    return [{ message: told, at: `${at}.content[${index}]` }];
  });
  // The results stay where they are, unread, so that the other parts keep their places.
  if (results.length < content.length) return [...results, { message, at }];
  // A mark on the whole message is one on its last part.
  const last = results.at(-1)!;
  const { cache_control: mark } = message;
  if (mark) last.message = { ...last.message, cache_control: last.message.cache_control ?? mark };
  return results;
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
