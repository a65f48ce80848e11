import type { JsonObject } from "../../conversation/types.ts";
import type { Written } from "../invoke/written.ts";
import { words } from "../wire/stream-events.ts";
import { logprobsOf } from "./responses-items.ts";
import { unfinished, writeResponse } from "./responses-write.ts";

/** The response as the events of a stream, numbered from 0. */
export function* responseEvents(answer: Written, output: readonly JsonObject[]): Generator<JsonObject> {
  let sequence = 0;
  for (const event of events(answer, output)) yield { ...event, sequence_number: sequence++ };
}

function* events(answer: Written, output: readonly JsonObject[]): Generator<JsonObject> {
  const response = unfinished(answer);
  yield { type: "response.created", response };
  yield { type: "response.in_progress", response };
  for (const [output_index, item] of output.entries()) {
    const type = String(item["type"]);
    const at = { item_id: item["id"], output_index };
    yield { type: "response.output_item.added", output_index, item: { ...item, ...OPENED[type] } };
    yield* CONTENTS[type]?.(item, at, answer) ?? [];
    yield { type: "response.output_item.done", output_index, item };
  }
  const whole = writeResponse(answer, output);
  yield { type: `response.${String(whole["status"])}`, response: whole };
}

/** An item as it opens, by its type. */
const OPENED: Readonly<Record<string, JsonObject>> = {
  message: { status: "in_progress", content: [] },
  function_call: { status: "in_progress", arguments: "" },
  reasoning: { summary: [] },
};

type Contents = (item: JsonObject, at: JsonObject, answer: Written) => Generator<JsonObject>;

const CONTENTS: Readonly<Record<string, Contents>> = {
  message: messageEvents,
  function_call: callEvents,
  reasoning: reasoningEvents,
};

function* messageEvents({ content }: JsonObject, item: JsonObject, answer: Written): Generator<JsonObject> {
  for (const [content_index, part] of (content as JsonObject[]).entries()) {
    const at = { ...item, content_index };
    const text = String(part["text"]);
    yield { type: "response.content_part.added", ...at, part: { ...part, text: "", logprobs: [] } };
    for (const delta of words(text)) {
      yield { type: "response.output_text.delta", ...at, delta, logprobs: logprobsOf(answer, delta) };
    }
    yield { type: "response.output_text.done", ...at, text, logprobs: logprobsOf(answer, text) };
    yield { type: "response.content_part.done", ...at, part };
  }
}

function* callEvents({ name, arguments: json }: JsonObject, at: JsonObject): Generator<JsonObject> {
  for (const delta of String(json).match(/[^]{1,8}/gu) ?? []) {
    yield { type: "response.function_call_arguments.delta", ...at, delta };
  }
  yield { type: "response.function_call_arguments.done", ...at, name, arguments: json };
}

function* reasoningEvents({ summary, content }: JsonObject, item: JsonObject): Generator<JsonObject> {
  for (const [summary_index, part] of (summary as JsonObject[]).entries()) {
    const at = { ...item, summary_index };
    const text = String(part["text"]);
    yield { type: "response.reasoning_summary_part.added", ...at, part: { ...part, text: "" } };
    for (const delta of words(text)) yield { type: "response.reasoning_summary_text.delta", ...at, delta };
    yield { type: "response.reasoning_summary_text.done", ...at, text };
    yield { type: "response.reasoning_summary_part.done", ...at, part };
  }
  for (const [content_index, part] of ((content ?? []) as JsonObject[]).entries()) {
    const at = { ...item, content_index };
    const text = String(part["text"]);
    for (const delta of words(text)) yield { type: "response.reasoning_text.delta", ...at, delta };
    yield { type: "response.reasoning_text.done", ...at, text };
  }
}
