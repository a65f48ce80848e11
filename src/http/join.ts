import { Buffer } from "node:buffer";
import { free } from "./free.ts";

/** Bytes that were put together. */
export interface Joined {
  bytes: Uint8Array;
  /** Gives their memory back; nobody can read them any more. */
  release(): void;
}

/**
 * Puts pieces together, and takes them away: memory that is let go of soon is young, and costs the collector next to nothing. What
 * came in one piece is the socket's memory, or a test double's: it stays as it is.
 */
export function join(pieces: Uint8Array[]): Joined {
  const taken = pieces.splice(0);
  if (taken.length <= 1) return { bytes: taken[0] ?? new Uint8Array(), release() {} };
  const bytes = copied(taken);
  return { bytes, release: () => free(bytes.buffer) };
}

/** Pieces in one memory, which nobody else has. */
export function copied(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const { buffer } = Buffer.allocUnsafeSlow(pieces.reduce((size, { byteLength }) => size + byteLength, 0));
  const bytes = new Uint8Array(buffer);
  let size = 0;
  for (const piece of pieces) {
    bytes.set(piece, size);
    size += piece.byteLength;
  }
  return bytes;
}
