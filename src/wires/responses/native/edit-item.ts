import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import type { OutputItem } from "../../../openai/responses/response.ts";
import { ownId } from "../../native/call-id.ts";
import { itemPrefix } from "../item-prefix.ts";

/** An item of AWS's as clients read it. @param index Its place in the answer: all that is told of it has the same ids. */
export type EditItem = (item: JsonObject, index: number) => OutputItem;

/** For the items of one answer. */
export function createItemEditor(newId: (prefix: string) => string): EditItem {
  const ids = new Map<string, string>();
  const remembered = (key: string, make: () => string): string => {
    const id = ids.get(key) ?? make();
    ids.set(key, id);
    return id;
  };
  return (item, index) => {
    const { id, call_id: callId, ...rest } = item;
    const type = String(item["type"]);
    const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value != null));
    return {
      id: remembered(`item ${index}`, () =>
        typeof id === "string" && id !== "" ? id : newId(itemPrefix(type)),
      ),
      ...said,
      ...(type === "function_call" && {
        call_id: remembered(`call ${index}`, () => ownId(callId, newId)),
      }),
      ...MEMBERS[type]?.(said),
    } as object as OutputItem;
  };
}

/** What clients look for in each kind, and some hosts leave out. */
const MEMBERS: Readonly<Record<string, (item: JsonObject) => JsonObject>> = {
  message: ({ status, content }) => ({
    status: status ?? "completed",
    role: "assistant",
    content: (Array.isArray(content) ? content.filter(isObject) : []).map(editPart),
  }),
  reasoning: ({ status, summary }) => ({
    status: status ?? "completed",
    summary: Array.isArray(summary) ? summary : [],
  }),
  function_call: ({ status, arguments: json }) => ({
    status: status ?? "completed",
    arguments: typeof json === "string" ? json : JSON.stringify(json ?? {}),
  }),
};

/** A part of a message. */
export const editPart = (part: JsonObject): JsonObject =>
  part["type"] === "output_text"
    ? { ...part, annotations: part["annotations"] ?? [], logprobs: part["logprobs"] ?? [] }
    : part;
