import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import type { ResponseEvent } from "../../../openai/responses/events.ts";
import type { OutputItem, ResponseObject } from "../../../openai/responses/response.ts";
import { createHeld } from "../../reply/held.ts";
import { createItemEditor, editPart } from "./edit-item.ts";
import { editResponse } from "./envelope.ts";
import { createSoFar } from "./so-far.ts";

/** AWS's events as OpenAI's clients expect them: under one head, begun once and ended once. */
export interface EventEditor {
  /**
   * What is told of an event.
   * @throws SyntaxError for what is no JSON; BedrockOpenAIError 502 for an answer that has no end.
   */
  push(text: string): ResponseEvent[];
  /** The response has come to its end. */
  readonly complete: boolean;
  /** Some of the answer itself has come. */
  readonly begun: boolean;
  /** The response as far as it has come. */
  soFar(): ResponseObject;
}

/** Ids and time for what AWS does not tell. */
export interface EditorTools {
  newId(prefix: string): string;
  /** Unix seconds. */
  now(): number;
}

/** @param opening The response as it begins. */
export function createEventEditor(opening: ResponseObject, { newId, now }: EditorTools): EventEditor {
  const editItem = createItemEditor(newId);
  const soFar = createSoFar();
  const hold = createHeld();
  const announced = new Set<string>();
  let begun = false;
  let last: ResponseObject | undefined;

  /** Another try announces its answer too; to the caller both are one. */
  const announce = (type: "response.created" | "response.in_progress"): ResponseEvent[] => {
    if (announced.has(type)) return [];
    announced.add(type);
    return [{ type, response: opening }];
  };
  const item = ({ item: told, output_index: at }: JsonObject): OutputItem =>
    editItem(isObject(told) ? told : {}, Number(at));
  const piece = (event: JsonObject): ResponseEvent[] => {
    hold(typeof event["delta"] === "string" ? event["delta"].length : 0);
    soFar.hear(event);
    return [event as object as ResponseEvent];
  };
  const end = ({ response }: JsonObject, status: "completed" | "incomplete"): ResponseEvent[] => {
    const told = editResponse(isObject(response) ? response : {}, opening, editItem);
    last = {
      ...told,
      status,
      completed_at: status === "completed" ? now() : null,
      output: told.output.length > 0 ? told.output : soFar.items(),
    };
    return [{ type: `response.${status}`, response: last }];
  };

  /** By type. What is not here passes as it is. */
  const edits: Readonly<Record<string, (event: JsonObject) => ResponseEvent[]>> = {
    "response.created": () => announce("response.created"),
    "response.queued": () => [],
    "response.in_progress": () => announce("response.in_progress"),
    "response.output_item.added": (event) => piece({ ...event, item: asBegun(item(event)) }),
    "response.output_item.done": (event) => piece({ ...event, item: item(event) }),
    "response.content_part.added": (event) => piece(withPart(event)),
    "response.content_part.done": (event) => piece(withPart(event)),
    "response.output_text.done": (event) => piece({ ...event, logprobs: event["logprobs"] ?? [] }),
    "response.completed": (event) => end(event, "completed"),
    "response.incomplete": (event) => end(event, "incomplete"),
  };

  return {
    get complete() {
      return last !== undefined;
    },
    get begun() {
      return begun;
    },
    push(text) {
      const event: unknown = JSON.parse(text);
      if (!isObject(event) || last) return [];
      const { type } = event;
      if (typeof type !== "string" || !type.startsWith("response.")) return [];
      const told = (edits[type] ?? piece)(asTold(event, type));
      if (told.length === 0 || told[0]!.type === "response.created") return told;
      begun ||= type !== "response.in_progress";
      return announced.has("response.created") ? told : [...announce("response.created"), ...told];
    },
    soFar: () => last ?? { ...opening, output: soFar.items() },
  };
}

/** What an item begins with is not what it will be, and its secrets are nobody's to keep. */
function asBegun(item: OutputItem): OutputItem {
  const { encrypted_content: _, ...rest } = item as JsonObject & OutputItem;
  return { ...rest, status: "in_progress" } as OutputItem;
}

/** Padding against eavesdroppers is of AWS's own line, and the numbers are of what is told. */
function asTold(event: JsonObject, type: string): JsonObject {
  if (type === DELTA) {
    // Thousands come of these: written out, since an object that something is taken out of is slow to write.
    const { item_id, output_index, content_index, delta, logprobs } = event;
    return { type, item_id, output_index, content_index, delta, logprobs: logprobs ?? [] };
  }
  const { obfuscation: _, sequence_number: __, ...told } = event;
  return told;
}

const DELTA = "response.output_text.delta";

const withPart = (event: JsonObject): JsonObject =>
  isObject(event["part"]) ? { ...event, part: editPart(event["part"]) } : event;
