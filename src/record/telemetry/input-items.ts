import { isObject } from "../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../conversation/types.ts";

/** The input of a request for a response, as the messages that chat would have: what a span tells has one form. */
export function asMessages({ instructions, input }: JsonObject): JsonObject[] {
  const items = typeof input === "string" ? [{ role: "user", content: input }] : listOf(input);
  const first = typeof instructions === "string" ? [{ role: "system", content: instructions }] : [];
  return [...first, ...items.map(asMessage)];
}

const listOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

function asMessage(item: JsonObject): JsonObject {
  const { type, role, call_id: id, name, arguments: args, input, output, summary } = item;
  const kind = String(type ?? "message");
  if (role !== undefined) return item;
  if (kind.endsWith("_output")) return { role: "tool", tool_call_id: id, content: output };
  if (kind === "reasoning")
    return { role: "assistant", reasoning_content: listOf(summary).map(textIn).join("\n") };
  const called = { name, arguments: args ?? input };
  if (typeof name === "string") return { role: "assistant", tool_calls: [{ id, function: called }] };
  // What it is, and no more: nobody knows what is in it.
  return { role: "assistant", content: [{ type: kind }] };
}

const textIn = ({ text }: JsonObject): string => (typeof text === "string" ? text : "");
