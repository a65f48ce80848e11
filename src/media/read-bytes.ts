import { DownloadFailure } from "./failure.ts";

/** The whole body in memory, never much more than `maxBytes` of it, in however small pieces it comes. */
export async function readBytes(body: AsyncIterable<unknown>, maxBytes: number): Promise<Buffer> {
  let buffer = Buffer.alloc(Math.min(maxBytes, 64 * 1024));
  let size = 0;
  for await (const piece of body) {
    if (!(piece instanceof Uint8Array)) throw new TypeError("A body must consist of bytes.");
    if (size + piece.byteLength > maxBytes) throw new DownloadFailure("size", maxBytes);
    if (size + piece.byteLength > buffer.byteLength) {
      // Doubled, so that every byte is copied about twice at the most.
      const larger = Buffer.alloc(
        Math.min(maxBytes, Math.max(size + piece.byteLength, buffer.byteLength * 2)),
      );
      larger.set(buffer.subarray(0, size));
      buffer = larger;
    }
    buffer.set(piece, size);
    size += piece.byteLength;
  }
  if (size === 0) throw new DownloadFailure("empty");
  return buffer.subarray(0, size);
}
