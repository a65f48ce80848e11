import { Buffer } from "node:buffer";
import { free } from "./free.ts";

/** Memory that whoever reads it has to himself. */
const unshared = new WeakSet<ArrayBufferLike>();

/** Smaller ones may stand in memory that Node shares out. */
const isAlone = ({ byteLength }: Uint8Array): boolean => byteLength >= Buffer.poolSize >>> 1;

/** Says of pieces that came from a socket of ours that nobody else has seen them. */
export function markUnshared(pieces: readonly Uint8Array[]): void {
  for (const piece of pieces) if (isAlone(piece)) unshared.add(piece.buffer);
}

/**
 * Gives back the memory that views are of, where nobody else has it: none of what came in it can be read any more. V8 keeps books on memory
 * outside of its heap, and collects for its sake.
 */
export function giveBack(views: Iterable<Uint8Array>): void {
  for (const { buffer } of views) if (unshared.delete(buffer)) free(buffer);
}
