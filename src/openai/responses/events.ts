import type { MessagePart, OutputItem, ResponseAnnotation, ResponseObject } from "./response.ts";

/** Where in an answer something is told. */
interface Place {
  item_id: string;
  output_index: number;
}

interface PartPlace extends Place {
  content_index: number;
}

interface SummaryPlace extends Place {
  summary_index: number;
}

type SummaryPart = { type: "summary_text"; text: string };

type ResponseNews = "created" | "queued" | "in_progress" | "completed" | "incomplete" | "failed";

/**
 * An event of a streamed response, as OpenAI's API reference defines it, without its `sequence_number`, which whoever writes it
 * out counts. AWS's own hosts send more kinds, which pass as they are.
 */
export type ResponseEvent =
  | { type: `response.${ResponseNews}`; response: ResponseObject }
  | {
      type: "response.output_item.added" | "response.output_item.done";
      output_index: number;
      item: OutputItem;
    }
  | ({ type: "response.content_part.added" | "response.content_part.done"; part: MessagePart } & PartPlace)
  | ({ type: "response.output_text.delta"; delta: string; logprobs: unknown[] } & PartPlace)
  | ({ type: "response.output_text.done"; text: string; logprobs: unknown[] } & PartPlace)
  | ({
      type: "response.output_text.annotation.added";
      annotation_index: number;
      annotation: ResponseAnnotation;
    } & PartPlace)
  | ({ type: "response.refusal.delta"; delta: string } & PartPlace)
  | ({ type: "response.refusal.done"; refusal: string } & PartPlace)
  | ({
      type: "response.reasoning_summary_part.added" | "response.reasoning_summary_part.done";
      part: SummaryPart;
    } & SummaryPlace)
  | ({ type: "response.reasoning_summary_text.delta"; delta: string } & SummaryPlace)
  | ({ type: "response.reasoning_summary_text.done"; text: string } & SummaryPlace)
  | ({ type: "response.function_call_arguments.delta"; delta: string } & Place)
  | ({ type: "response.function_call_arguments.done"; arguments: string; name: string } & Place)
  | ({ type: "response.custom_tool_call_input.delta"; delta: string } & Place)
  | ({ type: "response.custom_tool_call_input.done"; input: string } & Place)
  | ErrorEvent
  | OtherEvent;

export interface ErrorEvent {
  type: "error";
  code: string | null;
  message: string;
  param: string | null;
  error: { type: string; code: string | null; message: string; param: string | null };
}

/** Of AWS's own hosts. */
export interface OtherEvent {
  type: `response.${string}.${string}`;
  [member: string]: unknown;
}

/** A piece of text, as nearly every event is. */
export type TextDelta = Extract<ResponseEvent, { type: "response.output_text.delta"; delta: string }>;

export const isTextDelta = (event: ResponseEvent): event is TextDelta =>
  event.type === "response.output_text.delta";

/** An item as it stays. */
export interface ItemDone {
  type: "response.output_item.done";
  output_index: number;
  item: OutputItem;
}

export const isItemDone = (event: ResponseEvent): event is ItemDone =>
  event.type === "response.output_item.done";

export const isCreated = (
  event: ResponseEvent,
): event is { type: "response.created"; response: ResponseObject } => event.type === "response.created";

/** The last event of a response that comes to an end. */
export type EndEvent = {
  type: `response.${"completed" | "incomplete" | "failed"}`;
  response: ResponseObject;
};

const ENDS: ReadonlySet<string> = new Set(["response.completed", "response.incomplete", "response.failed"]);

export const isEnd = (event: ResponseEvent): event is EndEvent => ENDS.has(event.type);
