import type { Fault, Reply } from "../reply.ts";
import type { Outcome } from "../wire/deliver.ts";
import { ENDINGS } from "../wire/faults.ts";
import type { Ending } from "../wire/faults.ts";
import { faultyJson } from "../wire/faulty-outcome.ts";
import type { Form } from "../wire/forms.ts";
import { jsonOutcome } from "../wire/whole-outcome.ts";
import { failureOutcome, scriptedFailure } from "./dialect.ts";
import type { Dialect, Failure } from "./dialect.ts";

/** Server-sent events, and what may go wrong with them. */

const EVENT_STREAM = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" };

type Broken = Extract<Fault, { kind: "exception" | "error-frame" }>;

/** One whole JSON body. */
export function jsonForm(dialect: Dialect, requestId: string): Form {
  return {
    streaming: false,
    headers: { "content-type": "application/json" },
    exact: (reply) => ("response" in reply ? jsonOutcome(reply.response, reply.headers) : undefined),
    spoil: (outcome, fault) =>
      isBroken(fault)
        ? failureOutcome(dialect, failureOfFault(fault), requestId)
        : faultyJson(outcome, fault),
  };
}

/** A stream of events; a reply's `chunks` are the data of each, strings as they are. */
export function sseForm(dialect: Dialect): Form {
  return {
    streaming: true,
    headers: EVENT_STREAM,
    exact: (reply: Reply) => ("chunks" in reply ? sseOutcome(reply.chunks, dialect) : undefined),
    spoil: (outcome, fault) => spoil(dialect, outcome, fault),
  };
}

/** Each item is the data of one event. */
export function sseOutcome(items: Iterable<unknown>, { named }: Dialect): Outcome {
  return { status: 200, headers: EVENT_STREAM, chunks: frames(items, named), ending: "end" };
}

function* frames(items: Iterable<unknown>, named: boolean): Generator<Uint8Array> {
  for (const item of items) {
    yield frame(item, named ? (item as { type?: string }).type : undefined);
  }
}

function frame(item: unknown, event: string | undefined): Uint8Array {
  const data = typeof item === "string" ? item : JSON.stringify(item);
  return Buffer.from(`${event === undefined ? "" : `event: ${event}\n`}data: ${data}\n\n`);
}

/** What stands where the next event would have stood. */
function spoil(dialect: Dialect, outcome: Outcome, fault: Fault): Outcome {
  const all = [...outcome.chunks];
  const kept = all.slice(0, Math.max(0, fault.afterEvents));
  const next = all[kept.length] ?? Buffer.from("data: {}\n\n");
  return {
    ...outcome,
    chunks: [...kept, ...spoiled(dialect, fault, next)],
    ending: endingOf(fault),
    mute: ENDINGS[fault.kind] !== undefined && fault.afterEvents < 0,
  };
}

function spoiled(dialect: Dialect, fault: Fault, next: Uint8Array): Uint8Array[] {
  if (isBroken(fault)) {
    const { event, data } = dialect.frame(failureOfFault(fault));
    return [frame(data, event)];
  }
  if (fault.kind === "truncate") return [next.subarray(0, next.length >> 1)];
  if (["end", "reset", "stall"].includes(fault.kind)) return [];
  throw new Error(`server-sent events have no ${fault.kind}`);
}

function endingOf({ kind }: Fault): Ending {
  return ENDINGS[kind] ?? "end";
}

function isBroken(fault: Fault): fault is Broken {
  return fault.kind === "exception" || fault.kind === "error-frame";
}

/** `throttlingException` of a stream is `ThrottlingException` over HTTP. */
function failureOfFault(fault: Broken): Failure {
  if (fault.kind === "error-frame") return { status: 500, message: fault.message, code: fault.code };
  const name = fault.type.charAt(0).toUpperCase() + fault.type.slice(1);
  return scriptedFailure({ error: { name, message: fault.message } });
}
