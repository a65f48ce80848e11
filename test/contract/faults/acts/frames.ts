import { crc32 } from "node:zlib";
import { eventFrame, frame } from "../../../support/frames.ts";
import type { Act } from "../../../support/raw-server.ts";
import { chunk, EVENTS, head, LAST_CHUNK, LATER, saidTo } from "../answers.ts";
import type { End, Fault } from "../fault.ts";
import { begin } from "./say.ts";

/** The stream as far as it goes, then these frames; whether it is over is for whoever reads them to know. */
export const open =
  (count: number, ...frames: Uint8Array[]): Act =>
  async (line) => {
    await begin(line, count);
    for (const each of frames) line.socket.write(chunk(each));
    return false;
  };

/** The same, then a clean end of the body. */
export const partly =
  (count: number, ...frames: Uint8Array[]): Act =>
  async (line) => {
    await open(count, ...frames)(line);
    return line.socket.write(LAST_CHUNK) || true;
  };

interface Strike {
  frames: readonly Uint8Array[];
  /** The body ends behind them. Default: it does not. */
  ends?: boolean;
  spelled?: string;
}

/** Frames that strike first, and in the midst. */
export function twice(
  what: string,
  { frames, ends = false, spelled }: Strike,
  [first, later]: readonly [End, End],
): Fault[] {
  const act = ends ? partly : open;
  return [
    { what: `${what}, first`, spelled, act: act(0, ...frames), ends: { stream: first } },
    { what: `${what}, in the midst`, spelled, act: act(LATER, ...frames), ends: { stream: later } },
  ];
}

const DAMAGED = ["502 stream_interrupted", "frame stream_interrupted"] as const;
const GOOD = eventFrame(EVENTS.three);

/** With one byte turned over. */
function flipped(at: number): Uint8Array {
  const bytes = Uint8Array.from(GOOD);
  bytes[at]! ^= 0xff;
  return bytes;
}

/** With a prelude that says this, under a checksum that is right. */
function announcing(total: number, headers: number): Uint8Array {
  const bytes = Buffer.from(GOOD);
  bytes.writeUInt32BE(total, 0);
  bytes.writeUInt32BE(headers, 4);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8);
  return bytes;
}

const errorFrame = (name: string): Uint8Array =>
  frame({ ":message-type": "error", ":error-code": name, ":error-message": "x" }, "");

const event = (type: string, payload: string): Uint8Array =>
  frame({ ":event-type": type, ":content-type": "application/json", ":message-type": "event" }, payload);

const HALF = '{"delta":';

/** Each is known as what it is when it comes: nobody waits for more. */
const DAMAGES: readonly [what: string, ...frames: Uint8Array[]][] = [
  ["sends a frame with a wrong checksum", flipped(GOOD.length - 1)],
  ["sends a frame whose payload was changed on the way", flipped(GOOD.length - 8)],
  ["sends a frame whose length was changed on the way", flipped(2)],
  ["sends a frame with a wrong prelude", flipped(8)],
  ["announces a frame of 100 MB", announcing(100 * 2 ** 20, 0)],
  ["announces a frame of no length", announcing(0, 0)],
  ["announces headers that are longer than their frame", announcing(GOOD.length, GOOD.length)],
  ["sends an event that is not JSON", event("contentBlockDelta", HALF), event("chunk", HALF)],
  ["sends HTML in its stream", Buffer.from("<html>Service Unavailable</html>")],
  ["sends a message of no type", frame({ ":event-type": "contentBlockDelta" }, "{}")],
  ["sends a `:message-type: error`", errorFrame("SomethingNew")],
];

/** What stands where a frame should. */
export const FRAME_FAULTS: readonly Fault[] = [
  ...DAMAGES.flatMap(([what, ...frames]) => twice(what, { frames }, DAMAGED)),
  ...twice(
    "sends a `:message-type: error` under a name that is known",
    { frames: [errorFrame("ThrottlingException")] },
    ["429 rate_limit_exceeded", "frame rate_limit_exceeded"],
  ),
  ...twice("ends its stream inside a frame", { frames: [GOOD.subarray(0, 20)], ends: true }, DAMAGED),
  ...twice("ends its stream without `messageStop`", { frames: [], ends: true }, DAMAGED),
];

const whole = (...frames: Uint8Array[]): Act => partly(Infinity, ...frames);

const inPieces =
  (size: number): Act =>
  async (line) => {
    await line.uploaded;
    const { type, parts } = saidTo(line);
    const body = Buffer.concat([...parts.map((part) => chunk(part)), Buffer.from(LAST_CHUNK)]);
    line.socket.write(head("200 OK", { "content-type": type, "transfer-encoding": "chunked" }));
    for (let at = 0; at < body.length; at += size) {
      line.socket.write(body.subarray(at, at + size));
      await new Promise(setImmediate);
    }
    return true;
  };

const ANSWER = { stream: "the answer" } as const;

/** What is strange, and yet an answer. */
export const HARMLESS: readonly Fault[] = [
  { what: "ends its stream without `metadata`", act: partly(6), ends: ANSWER },
  { what: "sends an event that nobody knows", act: whole(event("newThing", "not JSON")), ends: ANSWER },
  { what: "repeats its metadata", act: whole(eventFrame(EVENTS.metadata)), ends: ANSWER },
  { what: "sends text behind `messageStop`", act: whole(eventFrame(EVENTS.one)), ends: ANSWER },
  { what: "repeats `messageStop`", act: whole(eventFrame(EVENTS.stop)), ends: ANSWER },
  {
    what: "writes byte by byte",
    act: inPieces(1),
    ends: { ...ANSWER, whole: "the answer", embeddings: "the answer" },
  },
  {
    what: "writes everything at once",
    act: inPieces(1e6),
    ends: { ...ANSWER, whole: "the answer", embeddings: "the answer" },
  },
];
