import { crc32 } from "./crc32.ts";

/**
 * Frames of `application/vnd.amazon.eventstream`, big-endian:
 * `total u32 | headers u32 | prelude crc u32 | headers | payload | message crc u32`.
 */
const PRELUDE = 12;
const TRAILER = 4;
const MAX_HEADERS = 128 * 1024;

/** AWS's own bound on a message. */
const MAX_FRAME = 24 * 1024 * 1024;

/** A frame, with its payload where it lies: most are read without being copied first. */
export interface Frame {
  headers: FrameHeaders;
  /** All that came with it. */
  bytes: Buffer;
  /** The same, a character for each byte: what is ASCII in it can be read as text. */
  latin1: string;
  /** Where in both the payload begins and ends. */
  start: number;
  end: number;
}

/** The payload: UTF-8 JSON for every event of Bedrock. */
export const payloadOf = ({ bytes, start, end }: Frame): string => bytes.toString("utf8", start, end);

/** The headers Bedrock sends, by their name without the colon. */
export type FrameHeaders = Readonly<Record<string, string>>;

/** A stream that is not what AWS sent: a wrong checksum, an impossible length, an end within a frame. */
export class EventStreamError extends Error {
  override readonly name = "EventStreamError";
}

export interface FrameReader {
  /**
   * Takes the next bytes and adds the frames they complete to `frames`, also when it throws later on in the bytes.
   * @throws EventStreamError
   */
  push(bytes: Uint8Array, frames: Frame[]): void;
  /** @throws EventStreamError when the stream stopped inside a frame. */
  end(): void;
}

/**
 * Reads frames from any split of the byte stream, in time linear in its length: whole frames are read where they lie,
 * and only a frame that spans reads is copied, once.
 */
export function createFrameReader(): FrameReader {
  const headersOf = createHeaderReader();
  let held = NOTHING;
  let filled = 0;

  /** Moves bytes into `held` until it has `size` of them; returns how many were taken. */
  const fill = (bytes: Buffer, size: number): number => {
    if (held.length < size) held = Buffer.concat([held.subarray(0, filled)], size);
    const taken = bytes.copy(held, filled, 0, size - filled);
    filled += taken;
    return taken;
  };

  const readFrame = (bytes: Buffer, latin1: string, at: number, total: number): Frame => {
    const end = at + total - TRAILER;
    if (crc32(bytes, at, end) !== bytes.readUInt32BE(end)) {
      throw new EventStreamError("The checksum of a frame is wrong.");
    }
    const start = at + PRELUDE + bytes.readUInt32BE(at + 4);
    return { headers: headersOf(bytes, latin1, at + PRELUDE, start), bytes, latin1, start, end };
  };

  return {
    push(chunk, frames) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      let start = 0;
      if (filled > 0) {
        if (filled < PRELUDE) start = fill(bytes, PRELUDE);
        if (filled < PRELUDE) return;
        const total = checkedLength(held, 0);
        start += fill(bytes.subarray(start), total);
        if (filled < total) return;
        frames.push(readFrame(held, latin1Of(held), 0, total));
        held = NOTHING;
        filled = 0;
      }
      let latin1: string | undefined;
      while (bytes.length - start >= PRELUDE) {
        const total = lengthAt(bytes, start);
        if (bytes.length - start < total) break;
        latin1 ??= latin1Of(bytes);
        // The frame's own checksum covers its prelude.
        frames.push(readFrame(bytes, latin1, start, total));
        start += total;
      }
      const rest = bytes.length - start;
      if (rest > 0) fill(bytes.subarray(start), rest < PRELUDE ? rest : checkedLength(bytes, start));
    },
    end() {
      if (filled > 0) throw new EventStreamError("The stream ended inside a frame.");
    },
  };
}

const NOTHING: Buffer<ArrayBufferLike> = Buffer.alloc(0);

const latin1Of = (bytes: Buffer): string => bytes.toString("latin1");

/** The length of the frame at `start`, once its prelude is proven: a wrong length must never be waited for. */
function checkedLength(bytes: Buffer, start: number): number {
  if (crc32(bytes, start, start + 8) !== bytes.readUInt32BE(start + 8)) {
    throw new EventStreamError("The checksum of a frame's prelude is wrong.");
  }
  return lengthAt(bytes, start);
}

/** What the frame at `start` says of its length, if that is possible. */
function lengthAt(bytes: Buffer, start: number): number {
  const total = bytes.readUInt32BE(start);
  const headers = bytes.readUInt32BE(start + 4);
  if (total > MAX_FRAME || headers > MAX_HEADERS || total < PRELUDE + headers + TRAILER) {
    throw new EventStreamError(
      `A frame announces an impossible length (${total} bytes, headers ${headers}).`,
    );
  }
  return total;
}

/** Nearly every frame repeats the header block of the one before; then its strings are not made again. */
function createHeaderReader(): (bytes: Buffer, latin1: string, start: number, end: number) => FrameHeaders {
  let lastBlock = "";
  let last: FrameHeaders = {};
  return (bytes, latin1, start, end) => {
    if (lastBlock.length === end - start && latin1.startsWith(lastBlock, start)) return last;
    last = readHeaders(bytes, start, end);
    // A copy of its own: a slice would keep all that came with it.
    lastBlock = bytes.toString("latin1", start, end);
    return last;
  };
}

/** Bytes of a header value by its type; types 6 and 7 carry their own length. */
const FIXED_SIZES: Readonly<Record<number, number>> = { 0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16 };
const STRING = 7;

function readHeaders(bytes: Buffer, start: number, end: number): FrameHeaders {
  const headers: Record<string, string> = {};
  let at = start;
  const take = (size: number): number => {
    const from = at;
    at += size;
    if (at > end) throw new EventStreamError("A frame's headers are cut short.");
    return from;
  };
  while (at < end) {
    const nameSize = bytes.readUInt8(take(1));
    const nameStart = take(nameSize);
    const name = bytes.toString("utf8", nameStart, nameStart + nameSize);
    const type = bytes.readUInt8(take(1));
    const size = FIXED_SIZES[type] ?? bytes.readUInt16BE(take(2));
    const valueStart = take(size);
    if (type === STRING)
      headers[name.replace(/^:/, "")] = bytes.toString("utf8", valueStart, valueStart + size);
  }
  return headers;
}
