import { type BedrockOpenAIError, invalidRequest } from "../../errors.ts";
import type { ChatMessage } from "../../openai/chat-messages.ts";

/**
 * Every tool call is answered by the tool messages right after it, and every tool message answers one.
 * @throws BedrockOpenAIError 400 in OpenAI's words, naming the message.
 */
export function checkToolPairing(messages: readonly ChatMessage[]): void {
  let open = new Set<string>();
  let ids = new Set<string>();
  for (const [index, message] of messages.entries()) {
    if (message.role === "tool") {
      if (!ids.has(message.tool_call_id)) throw orphan(index);
      open.delete(message.tool_call_id);
      continue;
    }
    // System texts leave the conversation, so they do not come between a call and its result.
    if (message.role === "system" || message.role === "developer") continue;
    if (open.size > 0) throw unanswered(index, open);
    ids = new Set(message.role === "assistant" ? message.tool_calls?.map((call) => call.id) : []);
    open = new Set(ids);
  }
  if (open.size > 0) throw unanswered(messages.length, open);
}

const unanswered = (index: number, open: ReadonlySet<string>): BedrockOpenAIError =>
  invalidRequest(
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. " +
      `The following tool_call_ids did not have response messages: ${list(open)}`,
    { param: `messages.[${index}].role` },
  );

const orphan = (index: number): BedrockOpenAIError =>
  invalidRequest(
    "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
    { param: `messages.[${index}].role` },
  );

const list = (ids: ReadonlySet<string>): string =>
  [...ids]
    .slice(0, 10)
    .map((id) => id.slice(0, 64))
    .join(", ");
