import { AIMessage, type BaseMessage, ChatMessage, ToolMessage } from "@langchain/core/messages";
import { type Content, toContent } from "./content.ts";
import { assistantMembers } from "./assistant.ts";

/** A message of a chat completions request. */
export type WireMessage = { role: string; content?: Content | null } & Record<string, unknown>;

const ROLES: Readonly<Record<string, string>> = {
  system: "system",
  developer: "developer",
  human: "user",
  ai: "assistant",
  tool: "tool",
  function: "function",
};

/**
 * LangChain's messages as those of a chat completions request, one for one.
 * @throws TypeError for a message that is no part of a conversation, such as RemoveMessage.
 */
export function toMessages(messages: readonly BaseMessage[]): WireMessage[] {
  const answered = new Set(
    messages.flatMap((each) => (ToolMessage.isInstance(each) ? [each.tool_call_id] : [])),
  );
  return messages.map((message) => ({
    role: roleOf(message),
    ...membersOf(message, answered),
    ...(message.name !== undefined && { name: message.name }),
  }));
}

function membersOf(message: BaseMessage, answered: ReadonlySet<string>): Omit<WireMessage, "role"> {
  if (AIMessage.isInstance(message)) return assistantMembers(message, answered);
  const content = toContent(message.content);
  if (!ToolMessage.isInstance(message)) return { content };
  const { tool_call_id, status } = message;
  return { tool_call_id, content, ...(status !== undefined && { status }) };
}

function roleOf(message: BaseMessage): string {
  // What `@langchain/openai` calls a system message that is OpenAI's developer's.
  if (message.additional_kwargs["__openai_role__"] === "developer") return "developer";
  const said = ChatMessage.isInstance(message) ? message.role : message.type;
  const role = ROLES[said] ?? (ChatMessage.isInstance(message) ? said : undefined);
  if (role === undefined)
    throw new TypeError(`ChatBedrockOpenAI: a message of type '${said}' cannot be sent to a model.`);
  return role;
}
