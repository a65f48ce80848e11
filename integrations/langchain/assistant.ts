import type { AIMessage } from "@langchain/core/messages";
import { type Content, toPart } from "./content.ts";
import type { Part } from "./media.ts";

/** A tool call as OpenAI's history has it. */
interface WireCall {
  id: string | undefined;
  type: "function";
  function: { name: string | undefined; arguments: string };
}

type Members = { content: Content | null; tool_calls?: WireCall[] } & Record<string, unknown>;

/**
 * What an assistant message says, calls and thought. Signed thoughts go back as they came: models that reason refuse a tool's
 * result without them.
 * @param answered The ids of all calls that have a result.
 */
export function assistantMembers(message: AIMessage, answered: ReadonlySet<string>): Members {
  const calls = callsOf(message, answered);
  const { additional_kwargs: kept } = message;
  const content =
    typeof message.content === "string" ? message.content : (message.content as Part[]).flatMap(toSaid);
  return {
    // Who only calls says nothing; an empty text would be dropped, and said so.
    content: content.length === 0 ? null : content,
    ...(calls.length > 0
      ? { tool_calls: calls }
      : kept.function_call != null && { function_call: kept.function_call }),
    ...present(kept, "thinking_blocks", "reasoning_content", "reasoning_details", "refusal", "cache_control"),
  };
}

/** Calls that could not be parsed are told where somebody answered them: a result without its call is refused. */
function callsOf(message: AIMessage, answered: ReadonlySet<string>): WireCall[] {
  const invalid = (message.invalid_tool_calls ?? []).filter(({ id }) => id !== undefined && answered.has(id));
  return [
    ...(message.tool_calls ?? []).map(({ id, name, args }) => toCall(id, name, JSON.stringify(args))),
    ...invalid.map(({ id, name, args }) => toCall(id, name, args ?? "")),
  ];
}

const toCall = (id: string | undefined, name: string | undefined, args: string): WireCall => ({
  id,
  type: "function",
  function: { name, arguments: args },
});

/** Parts in which providers repeat the tool calls of the message. */
export const CALLS: ReadonlySet<string> = new Set([
  "tool_call",
  "tool_call_chunk",
  "invalid_tool_call",
  "tool_use",
  "input_json_delta",
  "functionCall",
]);

/** A part of an answer, ours or another provider's, in the words that the core takes back. */
function toSaid(part: Part): Part[] {
  if (part.type !== undefined && CALLS.has(part.type)) return [];
  if (part.type !== "reasoning") return [toPart(part)];
  const { reasoning, signature } = part;
  return typeof reasoning === "string" && reasoning !== ""
    ? [{ type: "thinking", thinking: reasoning, ...(signature != null && { signature }) }]
    : [];
}

const present = (kept: Record<string, unknown>, ...names: string[]): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => kept[name] != null).map((name) => [name, kept[name]]));
