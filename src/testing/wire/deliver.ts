import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import type { Ending } from "./faults.ts";
import type { Pacing } from "../reply.ts";

/** Frames that share a turn of the event loop when nothing slows them: as AWS's do, they may share a packet. */
const BURST = 16;

/** Everything that goes over the wire for one exchange. */
export interface Outcome {
  status: number;
  headers: Record<string, string>;
  chunks: Iterable<Uint8Array>;
  ending: Ending;
  /** The fault strikes before the headers: nothing of the above is sent. */
  mute?: boolean;
}

export interface Line {
  response: ServerResponse;
  /** Aborts when the socket closes, whoever closed it. */
  gone: AbortSignal;
  /** Destroys the socket on the emulator's own account. */
  cut(): void;
}

/** Writes an outcome at its pace, one chunk at a time; stops as soon as the client has left. */
export async function deliver(line: Line, outcome: Outcome, pacing: Pacing): Promise<void> {
  const { response, gone } = line;
  try {
    await pause(pacing.headersDelayMs, gone);
    if (!outcome.mute) await sendBody(line, outcome, pacing);
    if (outcome.ending === "reset") line.cut();
    if (outcome.ending === "end") response.end();
  } catch (error) {
    if (!gone.aborted) throw error;
  }
}

async function sendBody({ response, gone }: Line, outcome: Outcome, pacing: Pacing): Promise<void> {
  response.writeHead(outcome.status, outcome.headers);
  if (outcome.ending !== "end" || pacing.firstEventDelayMs) response.flushHeaders();
  await pause(pacing.firstEventDelayMs, gone);
  const burst = pacing.splitBytes ? 1 : BURST;
  let written = 0;
  for (const chunk of outcome.chunks) {
    if (written > 0) await pause(pacing.delayMs, gone);
    for (const piece of pieces(chunk, pacing.splitBytes)) {
      if (!response.write(piece)) await once(response, "drain", { signal: gone });
      written += 1;
      if (written % burst === 0) await nextTurn(undefined, { signal: gone });
    }
  }
  // A destroyed socket forgets what it has not yet written.
  if (outcome.ending === "reset") await pause(5, gone);
}

async function pause(milliseconds: number | undefined, gone: AbortSignal): Promise<void> {
  gone.throwIfAborted();
  if (milliseconds) await sleep(milliseconds, undefined, { signal: gone });
}

function* pieces(chunk: Uint8Array, size: number | undefined): Generator<Uint8Array> {
  if (!size) return yield chunk;
  for (let at = 0; at < chunk.length; at += size) yield chunk.subarray(at, at + size);
}
