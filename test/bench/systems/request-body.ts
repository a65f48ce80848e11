/** How a caller's JSON reaches the handler: as text from the same process, or in pieces from a socket. */
export type Delivery = "text" | "pieces";

/** What Node reads from a socket at once. */
const PIECE = 64 * 1024;

const POST = { method: "POST", duplex: "half" } as const;

/** From JSON, which is made before, to the part of a request that is made anew each time. */
export const BODIES: Record<Delivery, (json: string) => () => RequestInit> = {
  text(json) {
    const headers = { "content-type": "application/json" };
    return () => ({ ...POST, headers, body: json });
  },
  pieces(json) {
    const bytes = new TextEncoder().encode(json);
    const headers = { "content-type": "application/json", "content-length": String(bytes.byteLength) };
    return () => ({ ...POST, headers, body: inPieces(bytes) });
  },
};

function inPieces(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.byteLength) return controller.close();
      // A copy, as each read of a socket has its own memory.
      controller.enqueue(bytes.slice(at, at + PIECE));
      at += PIECE;
    },
  });
}
