import { AwsError } from "../aws-error.ts";
import type { Fault } from "../reply.ts";
import type { Outcome } from "./deliver.ts";
import { ENDINGS, spoil } from "./faults.ts";
import { errorOutcome } from "./whole-outcome.ts";

/** A stream after the fault has struck it. */
export function faultyStream(outcome: Outcome, fault: Fault): Outcome {
  const { frames, ending } = spoil([...outcome.chunks], fault);
  return { ...outcome, chunks: frames, ending, mute: strikesBeforeHeaders(fault) };
}

/** A JSON answer after the fault has struck it: an HTTP error, or half a body. */
export function faultyJson(outcome: Outcome, fault: Fault): Outcome {
  if (fault.kind === "exception") return errorOutcome(httpException(fault));
  if (fault.kind === "error-frame")
    return errorOutcome(new AwsError(fault.code, fault.message, { status: 500 }));
  const body = Buffer.concat([...outcome.chunks]);
  const { "content-length": _, ...headers } = outcome.headers;
  return {
    ...outcome,
    headers,
    chunks: [body.subarray(0, body.length >> 1)],
    ending: ENDINGS[fault.kind] ?? "end",
    mute: strikesBeforeHeaders(fault),
  };
}

function strikesBeforeHeaders({ kind, afterEvents }: Fault): boolean {
  return ENDINGS[kind] !== undefined && afterEvents < 0;
}

/** `throttlingException` of a stream is `ThrottlingException` over HTTP. */
function httpException(fault: Extract<Fault, { kind: "exception" }>): AwsError {
  const { type, message, originalStatusCode, originalMessage } = fault;
  const members = {
    ...(originalStatusCode !== undefined && { originalStatusCode }),
    ...(originalMessage !== undefined && { originalMessage }),
  };
  return new AwsError(type.charAt(0).toUpperCase() + type.slice(1), message, { members });
}
