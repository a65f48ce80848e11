import { Buffer } from "node:buffer";

/**
 * Bytes that came in pieces, read as if they were one. Megabytes that are put together are copied, and are memory that V8 marks all
 * of its heap to get back.
 */
export class Rope {
  readonly length: number;
  /** A plain array looks for a byte many times as slowly. */
  readonly #pieces: readonly Buffer[];
  /** Where each piece begins; at last, where all of them end. */
  readonly #starts: number[] = [0];
  /** The piece that was read last: whoever reads on finds it at once. */
  #current = 0;

  constructor(pieces: readonly Uint8Array[]) {
    this.#pieces = pieces.filter(({ length }) => length > 0).map(toBuffer);
    let end = 0;
    for (const { length } of this.#pieces) this.#starts.push((end += length));
    this.length = end;
  }

  at(index: number): number | undefined {
    return index < 0 || index >= this.length ? undefined : this.#pieceAt(index)[index - this.#start];
  }

  /** As that of an array: -1 where there is none. */
  indexOf(byte: number, from: number): number {
    for (let index = from; index < this.length; index = this.#starts[this.#current + 1]!) {
      const found = this.#pieceAt(index).indexOf(byte, index - this.#start);
      if (found >= 0) return this.#start + found;
    }
    return -1;
  }

  /** As views of the pieces. */
  slice(from: number, to: number): Buffer[] {
    const parts: Buffer[] = [];
    for (let index = from; index < to; index = this.#starts[this.#current + 1]!) {
      const piece = this.#pieceAt(index);
      parts.push(piece.subarray(index - this.#start, to - this.#start));
    }
    return parts;
  }

  get #start(): number {
    return this.#starts[this.#current]!;
  }

  #pieceAt(index: number): Buffer {
    while (index < this.#start) this.#current -= 1;
    while (index >= this.#starts[this.#current + 1]!) this.#current += 1;
    return this.#pieces[this.#current]!;
  }
}

const toBuffer = ({ buffer, byteOffset, length }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, length);
