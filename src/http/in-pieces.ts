import { ownMemory } from "./own-memory.ts";

/** What a socket takes at once. */
const ROOM = 64 * 1024;

/** Pieces as a stream, as they are: bytes that are put together are bytes that are copied, and memory to be collected. */
export const inPieces = (pieces: Iterator<Uint8Array>): ReadableStream<Uint8Array> =>
  new ReadableStream({
    pull(controller) {
      for (let size = 0; size < ROOM;) {
        const { done, value } = pieces.next();
        if (done) return controller.close();
        controller.enqueue(ownMemory(value));
        size += value.length;
      }
    },
  });
