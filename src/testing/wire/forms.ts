import type { ConverseResponse } from "../../conversation/types.ts";
import type { Fault, Reply } from "../reply.ts";
import type { Outcome } from "./deliver.ts";
import { encodeChunk, encodeStreamEvent } from "./event-frame.ts";
import { faultyJson, faultyStream } from "./faulty-outcome.ts";
import { streamEvents } from "./stream-events.ts";
import { jsonOutcome } from "./whole-outcome.ts";

/** One of the forms an answer can take on the wire. */
export interface Form {
  streaming: boolean;
  headers: Record<string, string>;
  /** A reply that was written for one form only; undefined when it was not written for this one. */
  exact(reply: Reply): Outcome | undefined;
  spoil(outcome: Outcome, fault: Fault): Outcome;
}

export interface ConverseForm extends Form {
  answer(response: ConverseResponse): Outcome;
}

/** Of Converse, and of InvokeModel, where the JSON is the model's own. */
export const JSON_FORM: ConverseForm = {
  streaming: false,
  headers: { "content-type": "application/json" },
  answer: (response) => jsonOutcome(response),
  exact: (reply) => ("response" in reply ? jsonOutcome(reply.response, reply.headers) : undefined),
  spoil: faultyJson,
};

const EVENT_STREAM = { "content-type": "application/vnd.amazon.eventstream" };

/** Of ConverseStream. */
export const STREAM_FORM: ConverseForm = {
  streaming: true,
  headers: EVENT_STREAM,
  answer: (response) => streamOutcome(EVENT_STREAM, streamEvents(response), encodeStreamEvent),
  exact: (reply) =>
    "events" in reply ? streamOutcome(EVENT_STREAM, reply.events, encodeStreamEvent) : undefined,
  spoil: faultyStream,
};

const CHUNK_STREAM = { ...EVENT_STREAM, "x-amzn-bedrock-content-type": "application/json" };

/** Of InvokeModelWithResponseStream. */
export const CHUNK_FORM: Form = {
  streaming: true,
  headers: CHUNK_STREAM,
  exact: (reply) => ("chunks" in reply ? chunkOutcome(reply.chunks) : undefined),
  spoil: faultyStream,
};

/** A stream of native chunks. */
export function chunkOutcome(chunks: Iterable<unknown>, headers: Record<string, string> = {}): Outcome {
  return streamOutcome({ ...CHUNK_STREAM, ...headers }, chunks, encodeChunk);
}

type Encode<T> = (item: T, index: number) => Uint8Array;

function streamOutcome<T>(headers: Record<string, string>, items: Iterable<T>, encode: Encode<T>): Outcome {
  return { status: 200, headers, chunks: frames(items, encode), ending: "end" };
}

function* frames<T>(items: Iterable<T>, encode: Encode<T>): Generator<Uint8Array> {
  let index = 0;
  for (const item of items) yield encode(item, index++);
}
