import { expect } from "vitest";
import { assertSchema } from "./openai-schema.ts";

/** An event as it came: what it says is checked, not believed. */
export interface ToldEvent {
  type: string;
  sequence_number: number;
  output_index: number;
  item_id: string;
  content_index: number;
  summary_index: number;
  annotation_index: number;
  annotation: unknown;
  delta: string;
  text: string;
  arguments: string;
  name: string;
  input: string;
  message: string;
  code: string | null;
  error: { type: string; code: string | null; message: string; param: string | null };
  part: { type: string; text: string; annotations: unknown[] };
  item: ToldItem;
  response: ToldResponse;
}

export interface ToldItem {
  id: string;
  type: string;
  status: string;
  call_id: string;
  name: string;
  arguments: string;
  input: string;
  content: { type: string; text: string; annotations: unknown[] }[];
  summary: { type: string; text: string }[];
  encrypted_content?: string;
}

export interface ToldResponse {
  id: string;
  status: string;
  output: ToldItem[];
  error: { code: string; message: string } | null;
  incomplete_details: { reason: string } | null;
  usage?: object;
}

/** The events of a stream's text; refuses anything a strict client would refuse. */
export function eventsOf(text: string): ToldEvent[] {
  return text
    .split("\n\n")
    .filter((frame) => frame !== "" && !frame.startsWith(":"))
    .map((frame) => {
      const [name, data, ...more] = frame.split("\n");
      if (!name?.startsWith("event: ") || !data?.startsWith("data: ") || more.length > 0)
        throw new Error(`not one event and one data line: ${frame}`);
      const event = JSON.parse(data.slice("data: ".length)) as ToldEvent;
      expect(event.type).toBe(name.slice("event: ".length));
      return event;
    });
}

const SCHEMAS: Readonly<Record<string, string>> = {
  "response.created": "ResponseCreatedEvent",
  "response.queued": "ResponseQueuedEvent",
  "response.in_progress": "ResponseInProgressEvent",
  "response.output_item.added": "ResponseOutputItemAddedEvent",
  "response.content_part.added": "ResponseContentPartAddedEvent",
  "response.output_text.delta": "ResponseTextDeltaEvent",
  "response.output_text.annotation.added": "ResponseOutputTextAnnotationAddedEvent",
  "response.output_text.done": "ResponseTextDoneEvent",
  "response.content_part.done": "ResponseContentPartDoneEvent",
  "response.reasoning_summary_part.added": "ResponseReasoningSummaryPartAddedEvent",
  "response.reasoning_summary_text.delta": "ResponseReasoningSummaryTextDeltaEvent",
  "response.reasoning_summary_text.done": "ResponseReasoningSummaryTextDoneEvent",
  "response.reasoning_summary_part.done": "ResponseReasoningSummaryPartDoneEvent",
  "response.function_call_arguments.delta": "ResponseFunctionCallArgumentsDeltaEvent",
  "response.function_call_arguments.done": "ResponseFunctionCallArgumentsDoneEvent",
  "response.custom_tool_call_input.delta": "ResponseCustomToolCallInputDeltaEvent",
  "response.custom_tool_call_input.done": "ResponseCustomToolCallInputDoneEvent",
  "response.output_item.done": "ResponseOutputItemDoneEvent",
  "response.completed": "ResponseCompletedEvent",
  "response.incomplete": "ResponseIncompleteEvent",
  "response.failed": "ResponseFailedEvent",
  error: "ResponseErrorEvent",
};

const ENDS = ["response.completed", "response.incomplete", "response.failed"];

/** A text that is told in pieces. */
interface Piece {
  said: string;
  annotations: unknown[];
  textDone: boolean;
  done: boolean;
}

/** What is known of an item while it is told. */
interface Item {
  added: ToldItem;
  parts: Piece[];
  summary: Piece[];
  said: string;
  saidDone: boolean;
  done?: ToldItem;
}

/**
 * Holds a whole stream against openai-contract §E3: every invariant that a client relies on, and OpenAI's schema.
 * @returns Its last response.
 */
export function checkResponseEvents(events: readonly ToldEvent[]): ToldResponse {
  const items: Item[] = [];
  const id = events[0]?.response?.id;
  expect(events.map((event) => event.sequence_number)).toEqual([...events.keys()]);
  expect(events.filter(({ type }) => type === "response.created")).toHaveLength(1);
  expect(events[0]).toMatchObject({ type: "response.created", response: { output: [] } });
  expect(events.filter(({ type }) => ENDS.includes(type))).toEqual([events.at(-1)]);
  for (const event of events) {
    expect(Object.keys(SCHEMAS)).toContain(event.type);
    assertSchema(SCHEMAS[event.type]!, event);
    if (event.response) expect(event.response.id).toBe(id);
    step(event, items);
  }
  expect(new Set(items.map(({ added }) => added.id)).size).toBe(items.length);
  const end = events.at(-1)!;
  checkEnd(end, items, events);
  return end.response;
}

const openItem = (event: ToldEvent, items: readonly Item[]): Item => {
  const item = items[event.output_index]!;
  expect(item, `${event.type} of an item that was not added`).toBeDefined();
  expect(item.done, `${event.type} of an item that is done`).toBeUndefined();
  if (event.item_id !== undefined) expect(event.item_id).toBe(item.added.id);
  return item;
};

const newPiece = (): Piece => ({ said: "", annotations: [], textDone: false, done: false });

function openPiece(pieces: readonly Piece[], index: number): Piece {
  const piece = pieces[index]!;
  expect(piece, "a piece that was not added").toBeDefined();
  expect(piece.done, "a piece that is done").toBe(false);
  return piece;
}

function addPiece(pieces: Piece[], index: number): void {
  expect(index).toBe(pieces.length);
  pieces.push(newPiece());
}

function say(piece: Piece, delta: string): void {
  expect(piece.textDone).toBe(false);
  expect(delta).not.toBe("");
  piece.said += delta;
}

function endText(piece: Piece, text: string): void {
  expect(piece.textDone).toBe(false);
  expect(text).toBe(piece.said);
  piece.textDone = true;
}

function endPiece(piece: Piece, text: string): void {
  expect(piece.textDone).toBe(true);
  expect(text).toBe(piece.said);
  piece.done = true;
}

function endSaid(item: Item, said: string): void {
  expect(item.saidDone).toBe(false);
  expect(said).toBe(item.said);
  item.saidDone = true;
}

const STEPS: Readonly<Record<string, (event: ToldEvent, item: Item) => void>> = {
  "response.content_part.added": (event, { parts }) => addPiece(parts, event.content_index),
  "response.output_text.delta": (event, { parts }) => say(openPiece(parts, event.content_index), event.delta),
  "response.output_text.annotation.added": (event, { parts }) => {
    const { annotations, textDone } = openPiece(parts, event.content_index);
    expect([event.annotation_index, textDone]).toEqual([annotations.length, false]);
    annotations.push(event.annotation);
  },
  "response.output_text.done": (event, { parts }) =>
    endText(openPiece(parts, event.content_index), event.text),
  "response.content_part.done": (event, { parts }) => {
    const piece = openPiece(parts, event.content_index);
    expect(event.part.annotations).toEqual(piece.annotations);
    endPiece(piece, event.part.text);
  },
  "response.reasoning_summary_part.added": (event, { summary }) => addPiece(summary, event.summary_index),
  "response.reasoning_summary_text.delta": (event, { summary }) =>
    say(openPiece(summary, event.summary_index), event.delta),
  "response.reasoning_summary_text.done": (event, { summary }) =>
    endText(openPiece(summary, event.summary_index), event.text),
  "response.reasoning_summary_part.done": (event, { summary }) =>
    endPiece(openPiece(summary, event.summary_index), event.part.text),
  "response.function_call_arguments.delta": (event, item) => {
    expect([item.added.type, item.saidDone]).toEqual(["function_call", false]);
    item.said += event.delta;
  },
  "response.function_call_arguments.done": (event, item) => {
    expect(event.name).toBe(item.added.name);
    endSaid(item, event.arguments);
  },
  "response.custom_tool_call_input.delta": (event, item) => {
    expect([item.added.type, item.saidDone]).toEqual(["custom_tool_call", false]);
    item.said += event.delta;
  },
  "response.custom_tool_call_input.done": (event, item) => endSaid(item, event.input),
  "response.output_item.done": (event, item) => {
    const { id, type, status } = event.item;
    expect({ id, type }).toEqual({ id: item.added.id, type: item.added.type });
    expect(["completed", cutShort(event.item)]).toContain(status);
    expect([...item.parts, ...item.summary].every(({ done }) => done)).toBe(true);
    checkItem(event.item, item);
    item.done = event.item;
  },
};

function step(event: ToldEvent, items: Item[]): void {
  if (event.type === "response.output_item.added") return addItem(event, items);
  STEPS[event.type]?.(event, STEPS[event.type] ? openItem(event, items) : undefined!);
}

function addItem({ output_index, item }: ToldEvent, items: Item[]): void {
  expect(output_index).toBe(items.length);
  expect([item.id, item.status]).toEqual([expect.stringMatching(/^[a-z]+_./), "in_progress"]);
  if (item.type === "message") expect(item.content).toEqual([]);
  if (item.type === "reasoning") expect(item.summary).toEqual([]);
  if (item.type === "function_call") expect(item.arguments).toBe("");
  if (item.type === "custom_tool_call") expect(item.input).toBe("");
  if (item.type.endsWith("_call")) expect(item.call_id).not.toBe("");
  items.push({ added: item, parts: [], summary: [], said: "", saidDone: false });
}

/** An item is what was told of it. */
function checkItem(told: ToldItem, { parts, summary, said }: Item): void {
  if (told.type === "message")
    expect(told.content.map(({ text, annotations }) => [text, annotations])).toEqual(
      parts.map((part) => [part.said, part.annotations]),
    );
  if (told.type === "reasoning")
    expect(told.summary.map(({ text }) => text)).toEqual(summary.map((part) => part.said));
  if (told.type === "function_call") expect(told.arguments).toBe(said);
  if (told.type === "custom_tool_call") expect(told.input).toBe(said);
}

/** OpenAI has no other word for a patch that was cut short. */
const cutShort = ({ type }: ToldItem): string => (type === "apply_patch_call" ? "in_progress" : "incomplete");

function checkEnd(end: ToldEvent, items: readonly Item[], events: readonly ToldEvent[]): void {
  const { status, output, error, incomplete_details: details } = end.response;
  expect(end.type).toBe(`response.${status}`);
  expect(output).toHaveLength(items.length);
  const failures = events.filter(({ type }) => type === "error");
  if (status === "failed") {
    expect(failures).toEqual([events.at(-2)]);
    const { code, message } = failures[0]!;
    expect(failures[0]!.error).toMatchObject({ code, message, type: expect.any(String) });
    expect(error).toMatchObject({ message });
    for (const [index, item] of items.entries())
      if (item.done) expect(output[index]).toEqual(item.done);
      else expect(output[index]).toMatchObject({ id: item.added.id, status: cutShort(item.added) });
    return;
  }
  expect([failures, error]).toEqual([[], null]);
  expect(output).toEqual(items.map(({ done }) => done));
  const statuses = output.map((item) => item.status);
  expect(statuses.slice(0, -1).every((each) => each === "completed")).toBe(true);
  if (status === "completed") expect([details, statuses.at(-1) ?? "completed"]).toEqual([null, "completed"]);
  else expect(details).not.toBeNull();
}
