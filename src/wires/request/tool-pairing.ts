import { type BedrockOpenAIError, invalidRequest } from "../../errors.ts";
import type { Told } from "./anthropic-parts.ts";

/**
 * Every tool call is answered by the tool messages right after it, and every tool message answers one.
 * @throws BedrockOpenAIError 400 in OpenAI's words, naming the message.
 */
export function checkToolPairing(told: readonly Told[]): void {
  let open = new Set<string>();
  let ids = new Set<string>();
  for (const { message, at } of told) {
    if (message.role === "tool") {
      if (!ids.has(message.tool_call_id)) throw orphan(at);
      open.delete(message.tool_call_id);
      continue;
    }
    // System texts leave the conversation, so they do not come between a call and its result.
    if (message.role === "system" || message.role === "developer") continue;
    if (open.size > 0) throw unanswered(at, open);
    ids = new Set(message.role === "assistant" ? message.tool_calls?.map((call) => call.id) : []);
    open = new Set(ids);
  }
  if (open.size > 0) throw unanswered(`messages[${told.length}]`, open);
}

const unanswered = (at: string, open: ReadonlySet<string>): BedrockOpenAIError =>
  invalidRequest(
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. " +
      `The following tool_call_ids did not have response messages: ${list(open)}`,
    { param: toParam(at) },
  );

const orphan = (at: string): BedrockOpenAIError =>
  invalidRequest(
    "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
    { param: toParam(at) },
  );

/** As OpenAI writes it in this one complaint. */
const toParam = (at: string): string => `${at.replace("messages[", "messages.[")}.role`;

const list = (ids: ReadonlySet<string>): string =>
  [...ids]
    .slice(0, 10)
    .map((id) => id.slice(0, 64))
    .join(", ");
