import { Buffer } from "node:buffer";
import { free } from "./free.ts";

/** On either side of a body. What is never touched takes no memory. */
const SPARE = 64 * 1024;
/** Bodies that are smaller hold no file to speak of. */
const LEAST = 64 * 1024;

/** Memory that was made for a body here, so that nobody else reads or writes it. */
const ours = new WeakSet<ArrayBufferLike>();

/** Memory for a body, with room before and after it. What it holds is not known until it is written. */
export function makeRoom(size: number): Uint8Array {
  if (size < LEAST) return new Uint8Array(size);
  const { buffer } = Buffer.allocUnsafeSlow(SPARE + size + SPARE);
  ours.add(buffer);
  return new Uint8Array(buffer, SPARE, size);
}

/** The memory in which a file came, which nobody needs any more but for the file itself. */
export interface Room {
  /**
   * A file with as much memory before and after it as is asked for, in one, once: what was taken may still be on its way to
   * AWS when somebody asks again. Undefined where there is no room, or no more.
   */
  take(bytesBefore: number, bytesAfter: number): Uint8Array | undefined;
  /** Gives the memory back, unless what was taken may still be on its way. The file is gone then. */
  giveBack(): void;
}

/** Whether the system has what was taken, to the last byte. */
const sent = new WeakMap<ArrayBufferLike, () => boolean>();

/** To be told of a request, once nothing but a socket reads it any more. Of what was not taken from here nothing is kept. */
export function tellSent({ buffer }: Uint8Array, isSent: () => boolean): void {
  if (sent.has(buffer)) sent.set(buffer, isSent);
}

/** The room around the only file of a body that has been read; undefined for memory that is somebody else's too. */
export function roomAround({ buffer, byteOffset, byteLength }: Uint8Array): Room | undefined {
  let isFree = ours.delete(buffer);
  if (!isFree) return undefined;
  return {
    take(bytesBefore, bytesAfter) {
      const start = byteOffset - bytesBefore;
      const size = bytesBefore + byteLength + bytesAfter;
      if (!isFree || start < 0 || start + size > buffer.byteLength) return undefined;
      isFree = false;
      sent.set(buffer, () => false);
      return new Uint8Array(buffer, start, size);
    },
    giveBack() {
      if (isFree || sent.get(buffer)?.()) free(buffer);
      isFree = false;
    },
  };
}
