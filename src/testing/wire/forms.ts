import type { ConverseResponse, ConverseStreamEvent } from "../../conversation/types.ts";
import type { Fault, Reply } from "../reply.ts";
import type { Outcome } from "./deliver.ts";
import { encodeStreamEvent } from "./event-frame.ts";
import { faultyJson, faultyStream } from "./faulty-outcome.ts";
import { streamEvents } from "./stream-events.ts";
import { jsonOutcome } from "./whole-outcome.ts";

/** One of the two forms an answer can take on the wire. */
export interface Form {
  streaming: boolean;
  contentType: string;
  answer(response: ConverseResponse): Outcome;
  /** A reply that was written for one form only; undefined when it was not written for this one. */
  exact(reply: Reply): Outcome | undefined;
  spoil(outcome: Outcome, fault: Fault): Outcome;
}

export const JSON_FORM: Form = {
  streaming: false,
  contentType: "application/json",
  answer: jsonOutcome,
  exact: (reply) => ("response" in reply ? jsonOutcome(reply.response) : undefined),
  spoil: faultyJson,
};

const EVENT_STREAM = "application/vnd.amazon.eventstream";

export const STREAM_FORM: Form = {
  streaming: true,
  contentType: EVENT_STREAM,
  answer: (response) => streamOutcome(streamEvents(response)),
  exact: (reply) => ("events" in reply ? streamOutcome(reply.events) : undefined),
  spoil: faultyStream,
};

function streamOutcome(events: Iterable<ConverseStreamEvent>): Outcome {
  return { status: 200, headers: { "content-type": EVENT_STREAM }, chunks: frames(events), ending: "end" };
}

function* frames(events: Iterable<ConverseStreamEvent>): Generator<Uint8Array> {
  let index = 0;
  for (const event of events) yield encodeStreamEvent(event, index++);
}
