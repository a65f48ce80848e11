import type { ChatRequest } from "../../../openai/chat-request.ts";
import type { Told } from "../../request/anthropic-parts.ts";
import type { Decoding } from "../../request/decoding.ts";

const isInstruction = ({ message: { role } }: Told): boolean => role === "system" || role === "developer";

/**
 * LiteLLM's `user_continue_message`: the caller's own words for the user turns that a conversation lacks at its start
 * and at its end.
 */
export function continued(
  told: readonly Told[],
  { user_continue_message: words }: ChatRequest,
  decoding: Decoding,
): readonly Told[] {
  if (!words) return told;
  const first = told.findIndex((each) => !isInstruction(each));
  const starts = first >= 0 && told[first]!.message.role === "user";
  const ends = first >= 0 && told.at(-1)!.message.role !== "assistant";
  if (starts && ends) return told;
  decoding.note("messages", "added", "user_continue_message stands where a user turn was missing.");
  const turn: Told = { message: { role: "user", content: words.content }, at: "user_continue_message" };
  const head = first < 0 ? told.length : first;
  return [
    ...told.slice(0, head),
    ...(starts ? [] : [turn]),
    ...told.slice(head),
    ...(ends || first < 0 ? [] : [turn]),
  ];
}
