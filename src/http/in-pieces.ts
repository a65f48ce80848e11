/** What a socket takes at once. */
const PIECE = 64 * 1024;

/** Small pieces as a stream of larger ones, each made when somebody reads it. */
export const inPieces = (pieces: Iterator<Uint8Array>): ReadableStream<Uint8Array> =>
  new ReadableStream({
    pull(controller) {
      const held: Uint8Array[] = [];
      let size = 0;
      while (size < PIECE) {
        const { done, value } = pieces.next();
        if (done) break;
        held.push(value);
        size += value.length;
      }
      if (size > 0) controller.enqueue(joined(held, size));
      if (size < PIECE) controller.close();
    },
  });

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
