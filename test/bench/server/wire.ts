import type { ConverseResponse, ConverseStreamEvent } from "../../../src/conversation/types.ts";
import { encodeStreamEvent } from "../../../src/testing/index.ts";

/** How the load server writes a stream; named by the first segment of the endpoint's path. */
export interface Profile {
  deltas: number;
  /** Bytes per write, or `frame` for one frame at a time. */
  write: number | "frame";
  /** Milliseconds between writes; without it, they follow at once. */
  everyMs?: number;
  /** After so many writes nothing more comes, until the caller leaves. */
  heldAfter?: number;
}

export const PROFILES = {
  bulk: { deltas: 2_000, write: 64 * 1024 },
  "bulk-4k": { deltas: 2_000, write: 4 * 1024 },
  "bulk-250": { deltas: 250, write: 64 * 1024 },
  paced: { deltas: 100, write: "frame", everyMs: 10 },
  "paced-50": { deltas: 75, write: "frame", everyMs: 20 },
  held: { deltas: 200, write: "frame", heldAfter: 100 },
  short: { deltas: 5, write: 64 * 1024 },
  // A write has room for the first delta with what stands before it.
  first: { deltas: 10, write: 512, everyMs: 2 },
  slow: { deltas: 60, write: "frame", everyMs: 200 },
} satisfies Record<string, Profile>;

export type ProfileName = keyof typeof PROFILES;

/** As long as the tokens of a model are: about four characters. */
const TOKENS = ["The", " cat", " sat", " on", " the", " mat", ",", " then", " slept", " well", ".", " Next"];

/** The characters of so many deltas. */
export const lengthOf = (deltas: number): number =>
  Array.from({ length: deltas }, (_, index) => TOKENS[index % TOKENS.length]!.length).reduce(
    (a, b) => a + b,
    0,
  );

/** The bytes of one streamed answer, cut into writes without regard to frames. */
export function streamWrites({ deltas, write }: Profile): Uint8Array[] {
  const frames = [...events(deltas)].map((event, index) => encodeStreamEvent(event, index));
  if (write === "frame") return frames;
  const bytes = Buffer.concat(frames);
  const writes: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += write) writes.push(bytes.subarray(at, at + write));
  return writes;
}

function* events(deltas: number): Generator<ConverseStreamEvent> {
  yield { messageStart: { role: "assistant" } };
  for (let index = 0; index < deltas; index += 1) {
    yield { contentBlockDelta: { contentBlockIndex: 0, delta: { text: TOKENS[index % TOKENS.length]! } } };
  }
  yield { contentBlockStop: { contentBlockIndex: 0 } };
  yield { messageStop: { stopReason: "end_turn" } };
  yield { metadata: { usage: usage(deltas), metrics: { latencyMs: 321 } } };
}

export function wholeAnswer(): Uint8Array {
  const answer: ConverseResponse = {
    output: { message: { role: "assistant", content: [{ text: TOKENS.join("").repeat(4) }] } },
    stopReason: "end_turn",
    usage: usage(48),
    metrics: { latencyMs: 321 },
  };
  return Buffer.from(JSON.stringify(answer));
}

const usage = (outputTokens: number) => ({ inputTokens: 25, outputTokens, totalTokens: 25 + outputTokens });
