import { encodeEventFrame, encodePrelude, encodeStreamEvent } from "./event-frame.ts";
import type { Fault } from "../reply.ts";

/** How a body finishes once its bytes are written. */
export type Ending = "end" | "reset" | "stall";

export interface FaultyBody {
  frames: Uint8Array[];
  ending: Ending;
}

const ANNOUNCED_BYTES = 100 * 1024 * 1024;

type Spoiler<K extends Fault["kind"]> = (next: Uint8Array, fault: Extract<Fault, { kind: K }>) => Uint8Array;

/** What stands where the next frame would have stood; a kind without a row puts nothing there. */
const SPOILED: { [K in Fault["kind"]]?: Spoiler<K> } = {
  exception: (_, fault) => encodeEventFrame(exceptionHeaders(fault.type), exceptionPayload(fault)),
  "error-frame": (_, { code, message }) =>
    encodeEventFrame({ ":error-code": code, ":error-message": message, ":message-type": "error" }, ""),
  truncate: (next) => next.subarray(0, next.length >> 1),
  "bad-crc": (next) => flipByte(next, next.length - 1),
  "bad-prelude": (next) => flipByte(next, 8),
  oversize: (next) => Buffer.concat([encodePrelude(ANNOUNCED_BYTES, 0), next.subarray(12)]),
};

export const ENDINGS: Partial<Record<Fault["kind"], Ending>> = { reset: "reset", stall: "stall" };

/** The frames of a stream as the fault leaves them. */
export function spoil(frames: Uint8Array[], fault: Fault): FaultyBody {
  const kept = frames.slice(0, Math.max(0, fault.afterEvents));
  const next = frames[kept.length] ?? encodeStreamEvent({ messageStop: { stopReason: "end_turn" } });
  const spoiler = SPOILED[fault.kind] as ((next: Uint8Array, fault: Fault) => Uint8Array) | undefined;
  return { frames: spoiler ? [...kept, spoiler(next, fault)] : kept, ending: ENDINGS[fault.kind] ?? "end" };
}

function exceptionHeaders(type: string): Record<string, string> {
  return { ":exception-type": type, ":content-type": "application/json", ":message-type": "exception" };
}

function exceptionPayload(fault: Extract<Fault, { kind: "exception" }>): string {
  const { message, originalStatusCode, originalMessage } = fault;
  return JSON.stringify({ message, originalStatusCode, originalMessage });
}

function flipByte(frame: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(frame);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}
