import { Buffer } from "node:buffer";
import { BedrockOpenAIError } from "../errors.ts";
import { mayHoldRuns } from "./base64-runs.ts";
import { takeText } from "./lent-text.ts";
import { readerOf } from "./plain-bodies.ts";
import { makeRoom } from "./room.ts";

export interface BodyLimits {
  /** Bytes. */
  maxBytes: number;
  /** Milliseconds without a byte before the body counts as abandoned. */
  idleMs: number;
  /** The caller's: who left sends no more. */
  signal: AbortSignal;
}

/** Bytes made room for where none were announced. */
const LEAST = 4096;

/**
 * The whole request body, never much more than `maxBytes` of it in memory, in however small pieces it comes.
 * @throws BedrockOpenAIError 413 beyond the bound, 408 when the sender stalls.
 */
export async function readBody(request: Request, limits: BodyLimits): Promise<Uint8Array> {
  const announced = Number(request.headers.get("content-length"));
  if (announced > limits.maxBytes) {
    void request.body?.cancel().catch(() => undefined);
    throw tooLarge(limits.maxBytes);
  }
  const reader = readerOf(request);
  if (!reader) return new Uint8Array();
  // What comes in one piece stays as it is.
  let buffer: Uint8Array = new Uint8Array();
  let size = 0;
  const wait = createWait(limits);
  try {
    for (;;) {
      const { done, value } = await wait.for(reader.read());
      if (done) return buffer.subarray(0, size);
      if (size + value.byteLength > limits.maxBytes) throw tooLarge(limits.maxBytes);
      if (size === 0) {
        buffer = value;
      } else {
        buffer = withRoom(buffer, size, value.byteLength, announced);
        buffer.set(value, size);
      }
      size += value.byteLength;
    }
  } catch (error) {
    // Not awaited: a sender that never ends may never acknowledge the cancel either.
    void reader.cancel(error).catch(() => undefined);
    throw error;
  } finally {
    wait.end();
  }
}

/**
 * The body as the text that it was made of, where it is at hand, halves of characters replaced as on a wire; as bytes where it
 * may hold large files, which are sent from where they stand.
 * @throws BedrockOpenAIError as above.
 */
export async function readTextOrBytes(request: Request, limits: BodyLimits): Promise<string | Uint8Array> {
  const text = takeText(request);
  if (text === undefined) return readBody(request, limits);
  const { maxBytes, signal } = limits;
  signal.throwIfAborted();
  if (text.length <= maxBytes) {
    const body = mayHoldRuns(text) ? encoded(text) : text.toWellFormed();
    if (text.length * MOST_BYTES <= maxBytes || Buffer.byteLength(body) <= maxBytes) return body;
  }
  throw tooLarge(maxBytes);
}

/** Of one character of JavaScript's. */
const MOST_BYTES = 3;
/** For characters of more than one byte. What is never touched takes no memory. */
const MARGIN = 64 * 1024;

function encoded(text: string): Uint8Array {
  const encoder = new TextEncoder();
  const bytes = makeRoom(text.length + MARGIN);
  const { read, written } = encoder.encodeInto(text, bytes);
  return read === text.length ? bytes.subarray(0, written) : encoder.encode(text);
}

/** Waits for pieces, each for no longer than it may take, with one clock for all of them. */
interface Wait {
  for<T>(arriving: Promise<T>): Promise<T>;
  end(): void;
}

function createWait({ idleMs, signal }: BodyLimits): Wait {
  let fail: ((reason: unknown) => void) | undefined;
  const leave = (): void => fail?.(signal.reason);
  signal.addEventListener("abort", leave, { once: true });
  const clock = setTimeout(() => fail?.(stalled(idleMs)), idleMs);
  return {
    for: (arriving) =>
      new Promise((resolve, reject) => {
        fail = reject;
        if (signal.aborted) leave();
        clock.refresh();
        arriving.then(resolve, reject);
      }),
    end() {
      clearTimeout(clock);
      signal.removeEventListener("abort", leave);
    },
  };
}

/** As much as was announced, else twice what is too small, so that every byte is copied about twice at the most. */
function withRoom(buffer: Uint8Array, used: number, wanted: number, announced: number): Uint8Array {
  if (used + wanted <= buffer.byteLength) return buffer;
  const larger = makeRoom(Math.max(used + wanted, buffer.byteLength * 2, announced || LEAST));
  larger.set(buffer.subarray(0, used));
  return larger;
}

const tooLarge = (maxBytes: number): BedrockOpenAIError =>
  new BedrockOpenAIError(413, `Maximum content size limit (${maxBytes}) exceeded.`, {
    type: "invalid_request_error",
    code: "request_too_large",
  });

const stalled = (ms: number): BedrockOpenAIError =>
  new BedrockOpenAIError(408, `The request body did not arrive: no byte for ${ms} ms.`, {
    type: "invalid_request_error",
    code: "request_timeout",
  });
