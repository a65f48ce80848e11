import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { isEnd, type ResponseEvent } from "../../../openai/responses/events.ts";
import type { OutputItem, ResponseObject } from "../../../openai/responses/response.ts";
import { createItemEditor, editPart } from "./edit-item.ts";
import { editResponse } from "./envelope.ts";

/** AWS's events as OpenAI's clients expect them: under one head, begun once and ended once. */
export interface EventEditor {
  /**
   * What is told of an event.
   * @throws SyntaxError for what is no JSON.
   */
  push(text: string): ResponseEvent[];
  /** The response has come to its end. */
  readonly complete: boolean;
  /** Some of the answer itself has come. */
  readonly begun: boolean;
  /** The response as far as it has come. */
  soFar(): ResponseObject;
}

/** @param opening The response as it begins. */
export function createEventEditor(opening: ResponseObject, newId: (prefix: string) => string): EventEditor {
  const editItem = createItemEditor(newId);
  const items: OutputItem[] = [];
  const announced = new Set<string>();
  let begun = false;
  let last = opening;

  /** Another try announces its answer too; to the caller both are one. */
  const announce = (type: "response.created" | "response.in_progress"): ResponseEvent[] => {
    if (announced.has(type)) return [];
    announced.add(type);
    return [{ type, response: opening }];
  };
  const item = ({ item: told, output_index: at }: JsonObject): OutputItem =>
    editItem(isObject(told) ? told : {}, Number(at));

  /** By type. What is not here passes as it is. */
  const edits: Readonly<Record<string, (event: JsonObject) => ResponseEvent[]>> = {
    "response.created": () => announce("response.created"),
    "response.queued": () => [],
    "response.in_progress": () => announce("response.in_progress"),
    "response.output_item.added": (event) => [{ ...event, item: item(event) } as object as ResponseEvent],
    "response.output_item.done": (event) => {
      const done = item(event);
      items[Number(event["output_index"])] = done;
      return [{ ...event, item: done } as object as ResponseEvent];
    },
    "response.content_part.added": withPart,
    "response.content_part.done": withPart,
    "response.output_text.delta": withLogprobs,
    "response.output_text.done": withLogprobs,
    "response.completed": (event) => end(event, "completed"),
    "response.incomplete": (event) => end(event, "incomplete"),
  };

  const end = ({ response }: JsonObject, status: "completed" | "incomplete"): ResponseEvent[] => {
    const told = editResponse(isObject(response) ? response : {}, opening, editItem);
    last = { ...told, status, output: told.output.length > 0 ? told.output : done() };
    return [{ type: `response.${status}`, response: last }];
  };
  const done = (): OutputItem[] => items.filter(Boolean);

  return {
    get complete() {
      return isEnd({ type: `response.${last.status}` } as ResponseEvent);
    },
    get begun() {
      return begun;
    },
    push(text) {
      const event: unknown = JSON.parse(text);
      if (!isObject(event) || this.complete) return [];
      const { type, sequence_number: _, obfuscation: __, ...rest } = event;
      if (typeof type !== "string" || !type.startsWith("response.")) return [];
      const told = edits[type]?.({ type, ...rest }) ?? [{ type, ...rest } as object as ResponseEvent];
      if (told.length === 0 || told[0]!.type === "response.created") return told;
      begun ||= type !== "response.in_progress";
      return [...announce("response.created"), ...told];
    },
    soFar: () => (last === opening ? { ...opening, output: done() } : last),
  };
}

const withPart = (event: JsonObject): ResponseEvent[] => {
  const { part } = event;
  return [(isObject(part) ? { ...event, part: editPart(part) } : event) as object as ResponseEvent];
};

const withLogprobs = (event: JsonObject): ResponseEvent[] => {
  // Thousands come of these.
  event["logprobs"] ??= [];
  return [event as object as ResponseEvent];
};
