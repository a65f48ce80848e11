import { copied } from "./join.ts";
import { giveBack } from "./unshared.ts";

/** What a socket takes at once. */
const ROOM = 64 * 1024;

/**
 * Pieces as a stream, a socket's worth at a time: all of them put together would be memory that V8 marks all of its heap to get back. Each
 * has a memory of its own, for a reader may take that away, as streams of bytes do with what they are given, and views of one memory
 * would go with each other.
 */
export function inPieces(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      const from = at;
      for (let size = 0; at < pieces.length && size < ROOM; at += 1) size += pieces[at]!.length;
      const piece = copied(pieces.slice(from, at));
      if (piece.length > 0) controller.enqueue(piece);
      if (at < pieces.length) return;
      controller.close();
      giveBack(pieces);
    },
  });
}
