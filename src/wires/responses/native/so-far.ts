import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import type { OutputItem } from "../../../openai/responses/response.ts";

/** The items of an answer as far as they have been told, for one that breaks off. */
export interface SoFar {
  /** @param event As it is told. */
  hear(event: JsonObject): void;
  items(): OutputItem[];
}

interface Told {
  item: JsonObject;
  done: boolean;
}

type Hear = (item: JsonObject, event: JsonObject) => void;

/** The pieces of a list that an event is about, which begins them in their order. */
function listIn(item: JsonObject, name: string): JsonObject[] {
  if (!Array.isArray(item[name])) item[name] = [];
  return item[name] as JsonObject[];
}

const begin =
  (list: string, index: string): Hear =>
  (item, event) => {
    if (isObject(event["part"])) listIn(item, list)[Number(event[index])] = { ...event["part"] };
  };

const grow =
  (list: string, index: string, member: string): Hear =>
  (item, event) => {
    const part = listIn(item, list)[Number(event[index])];
    if (part) part[member] = `${(part[member] as string | undefined) ?? ""}${event["delta"] as string}`;
  };

/** By the type of an event that tells more of an item. */
const PIECES: Readonly<Record<string, Hear>> = {
  "response.content_part.added": begin("content", "content_index"),
  "response.output_text.delta": grow("content", "content_index", "text"),
  "response.refusal.delta": grow("content", "content_index", "refusal"),
  "response.reasoning_summary_part.added": begin("summary", "summary_index"),
  "response.reasoning_summary_text.delta": grow("summary", "summary_index", "text"),
  "response.function_call_arguments.delta": (item, event) => {
    item["arguments"] = String(item["arguments"] ?? "") + String(event["delta"]);
  },
};

export function createSoFar(): SoFar {
  const items: Told[] = [];
  return {
    hear(event) {
      const { type, output_index: index, item } = event;
      const at = Number(index);
      if (isObject(item)) {
        // What is told of it is not to change with what is told later.
        if (type === "response.output_item.added") items[at] = { item: structuredClone(item), done: false };
        if (type === "response.output_item.done") items[at] = { item, done: true };
        return;
      }
      const open = items[at];
      if (open && !open.done) PIECES[String(type)]?.(open.item, event);
    },
    items: () => items.filter(Boolean).map(asFarAsItCame),
  };
}

const asFarAsItCame = ({ item, done }: Told): OutputItem =>
  (done ? item : { ...item, status: "incomplete" }) as object as OutputItem;
