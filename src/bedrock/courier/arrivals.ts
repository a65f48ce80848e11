import { finished, Readable } from "node:stream";

/** What a body's bytes come in. Leaving it lets go of the connection. */
export type Reads = AsyncIterator<Uint8Array, undefined, undefined>;

/** A stream that reads from memory gives all it has in one turn; a socket never gives as much. */
const AT_ONCE = 256 * 1024;

/** The bytes of a body as they arrive: what came in one turn of the event loop is one piece. */
export const readsOf = (body: AsyncIterable<Uint8Array>): AsyncIterator<Uint8Array, unknown, undefined> =>
  body instanceof Readable ? arrivals(body) : body[Symbol.asyncIterator]();

/**
 * Node's own iterator over a stream looks for more after every piece, on a later tick; this one is told of each as the socket
 * reads it. A stream whose reader does not ask is paused, with what it had to give by then in hand.
 * @throws What the stream fails with, after what came before.
 */
function arrivals(stream: Readable): Reads {
  let arrived: Uint8Array[] = [];
  let size = 0;
  /** From the question until the answer is taken. */
  let asked = false;
  let begun = false;
  let over: { failure?: unknown } | undefined;
  let wake: (() => void) | undefined;

  const end = (failure?: unknown): void => {
    over ??= { failure };
    wake?.();
  };
  const begin = (): void => {
    begun = true;
    finished(stream, { writable: false }, end);
    stream.on("data", (bytes: Uint8Array) => {
      arrived.push(bytes);
      size += bytes.byteLength;
      if (!asked || size >= AT_ONCE) stream.pause();
      wake?.();
    });
  };
  const take = (): IteratorResult<Uint8Array, undefined> => {
    asked = false;
    const taken = arrived;
    arrived = [];
    size = 0;
    if (taken.length > 0)
      return { done: false, value: taken.length === 1 ? taken[0]! : Buffer.concat(taken) };
    if (over?.failure) throw over.failure;
    return { done: true, value: undefined };
  };

  return {
    async next() {
      asked = true;
      if (arrived.length === 0 && !over) {
        const moved = new Promise<void>((resolve) => (wake = resolve));
        if (!begun) begin();
        else stream.resume();
        await moved;
      }
      return take();
    },
    async return() {
      end();
      stream.destroy();
      return { done: true, value: undefined };
    },
  };
}
