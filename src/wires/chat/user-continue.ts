import type { ChatMessage } from "../../openai/chat-messages.ts";
import type { ChatRequest } from "../../openai/chat-request.ts";
import type { Decoding } from "./decoding.ts";

const isInstruction = ({ role }: ChatMessage): boolean => role === "system" || role === "developer";

/**
 * LiteLLM's `user_continue_message`: the caller's own words for the user turns that a conversation lacks at its start
 * and at its end.
 */
export function continued(request: ChatRequest, decoding: Decoding): readonly ChatMessage[] {
  const { messages, user_continue_message: message } = request;
  if (!message) return messages;
  const first = messages.findIndex((each) => !isInstruction(each));
  const turn: ChatMessage = { role: "user", content: message.content };
  const starts = first >= 0 && messages[first]!.role === "user";
  const ends = first >= 0 && messages.at(-1)!.role !== "assistant";
  if (starts && ends) return messages;
  decoding.note("messages", "added", "user_continue_message stands where a user turn was missing.");
  const head = first < 0 ? messages.length : first;
  return [
    ...messages.slice(0, head),
    ...(starts ? [] : [turn]),
    ...messages.slice(head),
    ...(ends || first < 0 ? [] : [turn]),
  ];
}
