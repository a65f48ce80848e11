import { createKept } from "../kept.ts";
import { crc32 } from "./crc32.ts";
import { Literal } from "./literal.ts";

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
  /** The same as numbers. */
  view: DataView;
  /** The same, a character for each byte: what is ASCII in it can be read as text. */
  latin1: string;
  /** Where in all three the payload begins and ends. */
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

/**
 * Reads frames from any split of the byte stream, in time linear in its length: whole frames are read where they lie,
 * and only a frame that spans reads is copied, once.
 *
 * A class, as is all else that runs for each piece of every stream: of a closure V8 keeps the optimised code only as long as one
 * is alive, and makes it anew after every collection that finds no stream open.
 */
export class FrameReader {
  readonly #headers = new HeaderReader();
  /** What came last, and how far it is read. */
  #bytes = NOTHING;
  #view = NO_VIEW;
  #at = 0;
  #latin1: string | undefined;
  /** A frame that spans reads, as far as it has come. */
  #held = NOTHING;
  #filled = 0;

  /** Takes the next bytes. What came before must have been read. */
  push(chunk: Uint8Array): void {
    this.#bytes = Buffer.isBuffer(chunk)
      ? chunk
      : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.#view = viewOf(chunk);
    this.#at = 0;
    this.#latin1 = undefined;
  }

  /**
   * The next frame that is complete.
   * @throws EventStreamError
   */
  next(): Frame | undefined {
    if (this.#filled > 0) return this.#nextSpanning();
    const bytes = this.#bytes;
    const view = this.#view;
    const at = this.#at;
    const left = bytes.length - at;
    if (left >= PRELUDE) {
      const total = lengthAt(view, at);
      if (left >= total) {
        this.#at = at + total;
        // The frame's own checksum covers its prelude.
        return this.#frame(bytes, view, (this.#latin1 ??= latin1Of(bytes)), at, total);
      }
    }
    if (left > 0) this.#fill(left < PRELUDE ? left : checkedLength(view, at));
    this.#letGo();
    return undefined;
  }

  /** @throws EventStreamError when the stream stopped inside a frame. */
  end(): void {
    if (this.#filled > 0) throw new EventStreamError("The stream ended inside a frame.");
  }

  /** Ends the frame that is held, as far as its bytes have come. */
  #nextSpanning(): Frame | undefined {
    if (this.#filled < PRELUDE) this.#fill(PRELUDE);
    if (this.#filled < PRELUDE) return this.#letGo();
    const total = checkedLength(viewOf(this.#held), 0);
    this.#fill(total);
    if (this.#filled < total) return this.#letGo();
    const held = this.#held;
    this.#held = NOTHING;
    this.#filled = 0;
    return this.#frame(held, viewOf(held), latin1Of(held), 0, total);
  }

  /** Moves bytes into `held` until it has `size` of them. */
  #fill(size: number): void {
    const at = this.#at;
    const filled = this.#filled;
    if (this.#held.length < size) this.#held = Buffer.concat([this.#held.subarray(0, filled)], size);
    const taken = this.#bytes.copy(this.#held, filled, at, at + size - filled);
    this.#at = at + taken;
    this.#filled = filled + taken;
  }

  /** All has been read. */
  #letGo(): undefined {
    this.#bytes = NOTHING;
    this.#view = NO_VIEW;
    this.#at = 0;
    this.#latin1 = undefined;
  }

  #frame(bytes: Buffer, view: DataView, latin1: string, at: number, total: number): Frame {
    const end = at + total - TRAILER;
    if (crc32(view, at, end) !== view.getUint32(end)) {
      throw new EventStreamError("The checksum of a frame is wrong.");
    }
    const from = at + PRELUDE;
    const start = from + view.getUint32(at + 4);
    return { headers: this.#headers.read(bytes, view, from, start), bytes, view, latin1, start, end };
  }
}

const NOTHING: Buffer<ArrayBufferLike> = Buffer.alloc(0);

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);
const NO_VIEW = viewOf(NOTHING);

const latin1Of = (bytes: Buffer): string => bytes.toString("latin1");

/** The length of the frame at `start`, once its prelude is proven: a wrong length must never be waited for. */
function checkedLength(view: DataView, start: number): number {
  if (crc32(view, start, start + 8) !== view.getUint32(start + 8)) {
    throw new EventStreamError("The checksum of a frame's prelude is wrong.");
  }
  return lengthAt(view, start);
}

/** What the frame at `start` says of its length, if that is possible. */
function lengthAt(view: DataView, start: number): number {
  const total = view.getUint32(start);
  const headers = view.getUint32(start + 4);
  if (total > MAX_FRAME || headers > MAX_HEADERS || total < PRELUDE + headers + TRAILER) {
    throw new EventStreamError(
      `A frame announces an impossible length (${total} bytes, headers ${headers}).`,
    );
  }
  return total;
}

interface HeaderBlock {
  written: Literal;
  headers: FrameHeaders;
}

/** There are some ten in all of AWS's streams. */
const MOST_BLOCKS = 64;
const blocks = createKept<HeaderBlock>(MOST_BLOCKS);

/** Nearly every frame repeats the header block of the one before; then its strings are not made again. */
class HeaderReader {
  #last: HeaderBlock | undefined;

  read(bytes: Buffer, view: DataView, start: number, end: number): FrameHeaders {
    const last = this.#last;
    if (last?.written.length === end - start && last.written.isAt(view, start)) return last.headers;
    // A copy of its own: a slice would keep all that came with it.
    const block = bytes.toString("latin1", start, end);
    this.#last = blocks(block, () => ({
      written: new Literal(block),
      headers: readHeaders(bytes, start, end),
    }));
    return this.#last.headers;
  }
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
