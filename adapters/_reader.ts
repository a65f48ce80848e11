import type { Readable } from "node:stream";
import type { BodyReader } from "../src/http/plain-bodies.ts";

type Piece = Awaited<ReturnType<BodyReader["read"]>>;

interface Waiting {
  resolve(piece: Piece): void;
  reject(error: unknown): void;
}

/** Read ahead of whoever asks, in bytes. */
const AHEAD = 64 * 1024;

const END: Piece = { done: true, value: undefined };

/**
 * Reads a Node stream piece by piece. Cancelling leaves it open: what is still to come is read and thrown away, so that the
 * answer can go out. Not `Readable.toWeb`, which would take the request's socket away from whoever logs it.
 */
export function readerFrom(source: Readable): BodyReader {
  const pieces: Uint8Array[] = [];
  let ahead = 0;
  let hasEnded = false;
  let failure: Error | undefined;
  let waiting: Waiting | undefined;

  const take = (chunk: Uint8Array | string): void => {
    const value = toBytes(chunk);
    if (waiting) {
      waiting.resolve({ done: false, value });
      waiting = undefined;
      return;
    }
    pieces.push(value);
    ahead += value.byteLength;
    if (ahead >= AHEAD) source.pause();
  };
  const end = (): void => {
    stop();
    hasEnded = true;
    waiting?.resolve(END);
  };
  const fail = (error: Error = left()): void => {
    stop();
    failure = error;
    waiting?.reject(error);
  };
  const stop = (): void => void source.off("data", take).off("end", end).off("close", fail);
  const read = (): Promise<Piece> => {
    if (failure) return Promise.reject(failure);
    const value = pieces.shift();
    if (value) {
      ahead -= value.byteLength;
      return Promise.resolve({ done: false, value });
    }
    if (hasEnded) return Promise.resolve(END);
    source.resume();
    return new Promise((resolve, reject) => {
      waiting = { resolve, reject };
    });
  };
  const cancel = (): Promise<void> => {
    stop();
    pieces.length = 0;
    hasEnded = true;
    source.resume();
    return Promise.resolve();
  };

  if (source.destroyed) fail(source.errored ?? undefined);
  // This one stays: an error that nobody listens to would end the process.
  else source.once("error", fail).once("end", end).once("close", fail).on("data", take);
  return { read, cancel };
}

/** Text where somebody called `setEncoding`. Never Node's own class, whose `slice` does not copy. */
const toBytes = (chunk: Uint8Array | string): Uint8Array =>
  typeof chunk === "string"
    ? new TextEncoder().encode(chunk)
    : new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);

const left = (): DOMException => new DOMException("The caller left.", "AbortError");
