import type { Adjustment } from "../../../adjustments.ts";
import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { knowsDeveloper } from "../../native/families.ts";
import type { PlacedItem } from "../asked.ts";

/**
 * Items as AWS takes them of callers that keep their own state. Ids are of what is kept there, and nothing is: only a thought,
 * which brings all of itself, needs one.
 */
export function editItems(
  items: readonly PlacedItem[],
  family: string,
): { input: JsonObject[]; adjustments: Adjustment[] } {
  const kept = items.filter(({ item }) => item.type !== "reasoning" || isReadable(item));
  return {
    input: kept.map(({ item }) => EDITS[item.type ?? "message"]!(item, family)),
    adjustments: kept.length === items.length ? [] : [UNREADABLE],
  };
}

/** Of a thought only what is encrypted goes back to the model: its words are for people, and OpenAI refuses them in an input. */
const isReadable = ({ encrypted_content: encrypted }: JsonObject): boolean =>
  typeof encrypted === "string" && encrypted !== "";

const UNREADABLE: Adjustment = {
  param: "input",
  action: "dropped",
  reason: "A reasoning item without its encrypted_content tells the model nothing.",
};

type Edit = (item: JsonObject, family: string) => JsonObject;

const EDITS: Readonly<Record<string, Edit>> = {
  message({ role, content, phase }, family) {
    const told = role === "developer" && !knowsDeveloper(family) ? "system" : role;
    return {
      type: "message",
      role: told,
      content: Array.isArray(content) ? content.map((part) => editPart(part as JsonObject, role)) : content,
      ...(phase != null && { phase }),
    };
  },
  function_call: ({ type, call_id, name, arguments: json }) => ({
    type,
    call_id,
    name,
    arguments: String(json ?? "").trim() === "" ? "{}" : json,
  }),
  function_call_output: ({ type, call_id, output }) => ({ type, call_id, output }),
  reasoning: ({ type, id, summary, encrypted_content: encrypted }) => ({
    type,
    ...(id != null && { id }),
    summary: summary ?? [],
    encrypted_content: encrypted,
  }),
};

/** Text is called by who says it; clients mix it up where they send an earlier answer. */
function editPart(part: JsonObject, role: unknown): JsonObject {
  const { type, text, annotations, logprobs: _, ...rest } = part;
  const own = Object.fromEntries(Object.entries(rest).filter(([, value]) => value != null));
  if (type !== "input_text" && type !== "output_text") return { type, ...own };
  return role === "assistant"
    ? {
        type: "output_text",
        text,
        annotations: Array.isArray(annotations) ? annotations.filter(isObject) : [],
        ...own,
      }
    : { type: "input_text", text, ...own };
}
