import type { AssistantMessage, ChatMessage, ToolMessage } from "../../openai/chat-messages.ts";

/**
 * Anthropic's way to tell of tools, which mixed clients send in OpenAI messages: `tool_use` parts become tool calls, and
 * `tool_result` parts of the user become tool messages before what else the user says.
 */
export function untangled(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  return messages.some((message) => hasPart(message, "tool_use") || hasPart(message, "tool_result"))
    ? messages.flatMap((message) => {
        if (message.role === "assistant") return [withToolCalls(message)];
        return message.role === "user" ? withToolMessages(message) : [message];
      })
    : messages;
}

interface Part {
  type: string;
  [member: string]: unknown;
}

const partsOf = ({ content }: ChatMessage): readonly Part[] =>
  Array.isArray(content) ? (content as unknown as Part[]) : [];

const hasPart = (message: ChatMessage, type: string): boolean =>
  partsOf(message).some((part) => part.type === type);

function withToolCalls(message: AssistantMessage): AssistantMessage {
  const parts = partsOf(message);
  const uses = parts.filter(({ type, id, name }) => type === "tool_use" && isText(id) && isText(name));
  if (uses.length === 0) return message;
  const calls = uses.map(({ id, name, input }) => ({
    id: id as string,
    type: "function" as const,
    function: { name: name as string, arguments: JSON.stringify(input ?? {}) },
  }));
  return {
    ...message,
    content: parts.filter((part) => !uses.includes(part)) as AssistantMessage["content"] & object[],
    tool_calls: [...(message.tool_calls ?? []), ...calls],
  };
}

function withToolMessages(message: Extract<ChatMessage, { role: "user" }>): ChatMessage[] {
  if (!Array.isArray(message.content)) return [message];
  const results: ToolMessage[] = [];
  const rest: typeof message.content = [];
  for (const part of message.content) {
    if (part.type !== "tool_result") rest.push(part);
    else {
      const { tool_use_id, content, is_error, cache_control } = part;
      results.push({ role: "tool", tool_call_id: tool_use_id, content, is_error, cache_control });
    }
  }
  return rest.length > 0 ? [...results, { ...message, content: rest }] : results;
}

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
