import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { InputItem } from "../../../openai/responses/items.ts";

/** An item as it is listed. */
export type ItemResource = InputItem & { id: string };

const CALLS: ReadonlySet<string> = new Set([
  "function_call",
  "function_call_output",
  "custom_tool_call",
  "custom_tool_call_output",
]);

/** An item of what was asked as OpenAI lists it: with what callers may leave out. Source: OpenAI's schema, `ItemResource`. */
export function toResource(item: InputItem, id: string): ItemResource {
  const type = item.type ?? "message";
  if (type === "message") {
    const isAnswer = item.role === "assistant";
    const content = partsOf(item.content, isAnswer ? "output_text" : "input_text").map(whole);
    return { status: "completed", ...item, type, id, content };
  }
  if (type === "reasoning") return { summary: [], ...item, type, id };
  return CALLS.has(type) ? { status: "completed", ...item, type, id } : { ...item, type, id };
}

const partsOf = (content: unknown, type: string): unknown[] =>
  Array.isArray(content) ? content : [{ type, text: typeof content === "string" ? content : "" }];

/** What parts have that callers leave out. */
const USUAL: Readonly<Record<string, object>> = {
  output_text: { annotations: [], logprobs: [] },
  input_image: { detail: "auto" },
};

const whole = (part: unknown): unknown =>
  isObject(part) && typeof part.type === "string" ? { ...USUAL[part.type], ...part } : part;
