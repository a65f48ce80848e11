import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { knowsDeveloper } from "../../native/families.ts";

/** What we and OpenAI's client tell callers of an answer beyond the words of a request. */
const OURS: ReadonlySet<string> = new Set([
  "reasoning_content",
  "reasoning",
  "thinking_blocks",
  "annotations",
  "parsed",
]);

/** A message in OpenAI's words, without what says nothing, and under a role that the model knows. */
export function editMessage(message: JsonObject, family: string): JsonObject {
  const { role } = message;
  if (role === "assistant") return editTurn(message);
  const edited = withoutNulls(message);
  if (role === "developer" && !knowsDeveloper(family)) return { ...edited, role: "system" };
  return role === "tool" ? { ...edited, content: message["content"] ?? "" } : edited;
}

function editTurn(message: JsonObject): JsonObject {
  const kept = Object.entries(message).filter(([name, value]) => !OURS.has(name) && !isNothing(name, value));
  const turn = Object.fromEntries(kept);
  const calls = turn["tool_calls"];
  return Array.isArray(calls) ? { ...turn, tool_calls: (calls as JsonObject[]).map(editCall) } : turn;
}

/** Without what clients keep beside it, such as the parsed arguments. */
function editCall({ id, function: called }: JsonObject): JsonObject {
  const { name, arguments: json } = called as { name: string; arguments?: string | null };
  return { id, type: "function", function: { name, arguments: json?.trim() ? json : "{}" } };
}

/** `content: null` beside calls is OpenAI's own word. */
const isNothing = (name: string, value: unknown): boolean =>
  (name === "tool_calls" && Array.isArray(value) && value.length === 0) ||
  (value == null && name !== "content") ||
  (isObject(value) && Object.keys(value).length === 0);

export const withoutNulls = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value != null));
