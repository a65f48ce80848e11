import { copied } from "./join.ts";

/** What a socket takes at once. */
const ROOM = 64 * 1024;

/**
 * Pieces as a stream, a socket's worth at a time: all of them put together would be memory that V8 marks all of its heap to get back. Each
 * has a memory of its own, for a reader may take that away, as streams of bytes do with what they are given, and views of one memory
 * would go with each other.
 */
export const inPieces = (pieces: Iterator<Uint8Array>): ReadableStream<Uint8Array> =>
  new ReadableStream({
    pull(controller) {
      const taken: Uint8Array[] = [];
      let size = 0;
      let next = pieces.next();
      for (; !next.done; next = pieces.next()) {
        taken.push(next.value);
        size += next.value.length;
        if (size >= ROOM) break;
      }
      if (size > 0) controller.enqueue(copied(taken));
      if (next.done) controller.close();
    },
  });
