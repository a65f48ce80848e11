import { keepShape } from "../../../keep-shape.ts";
import { malformed } from "./malformed.ts";

/** What stands around chunks may not grow without end: so much for each chunk and behind the last one, as Node has it. */
const MOST_AROUND = 16 * 1024;

const CR = 13;
const LF = 10;

/** Extensions mean nothing to anybody. The size is within what a number can hold. */
const SIZE_LINE = /^0*([\da-f]{1,13})[ \t]*(?:;(.*))?$/i;

/** What hexadecimal digits are worth, by their byte. */
const NO_DIGIT = 16;
const DIGITS = new Uint8Array(0x100).fill(NO_DIGIT);
for (let digit = 0; digit < NO_DIGIT; digit += 1) {
  const text = digit.toString(16);
  DIGITS[text.charCodeAt(0)] = DIGITS[text.toUpperCase().charCodeAt(0)] = digit;
}
const MOST_DIGITS = 7;

/** Reads a body that comes in chunks. Source: RFC 9112, 7.1. */
export class Chunks {
  /** The last chunk and what follows it have been read. */
  isOver = false;
  /** Where the last read has ended. */
  at = 0;
  /** Of the chunk that is being read. */
  #left = 0;
  /** What the next line is. */
  #line: "size" | "gap" | "trailer" = "size";
  /** A line that spans reads, as far as it has come. */
  #begun = "";
  #around = 0;

  /**
   * The data of the chunks in `bytes` from `start` on, copied.
   * @throws Error with the code that Node's parser would give
   */
  read(bytes: Buffer, start: number): Buffer {
    const data = Buffer.allocUnsafe(bytes.length - start);
    let size = 0;
    this.at = start;
    while (!this.isOver && this.at < bytes.length) {
      if (this.#left === 0) this.#readLine(bytes);
      else size += this.#copy(bytes, data, size);
    }
    return data.subarray(0, size);
  }

  #copy(bytes: Buffer, data: Buffer, size: number): number {
    const taken = bytes.copy(data, size, this.at, this.at + this.#left);
    this.at += taken;
    this.#left -= taken;
    return taken;
  }

  #readLine(bytes: Buffer): void {
    if (this.#begun === "" && this.#readPlainLine(bytes)) return;
    const { at } = this;
    const isGap = this.#line === "gap" && this.#begun === "";
    if (isGap && bytes[at] !== CR) throw malformed("a chunk is longer than its size", "STRICT");
    const end = bytes.indexOf(LF, at);
    const stop = end < 0 ? bytes.length : end;
    const line = this.#begun + bytes.toString("latin1", at, stop);
    this.#count(line.length > MOST_AROUND ? line.length : 0);
    this.at = end < 0 ? stop : stop + 1;
    this.#begun = end < 0 ? line : "";
    if (end < 0) return;
    if (!line.endsWith("\r")) throw malformed("a line in its body has no end", "STRICT");
    this.#take(line.slice(0, -1));
  }

  /** Nearly every line stands whole in its read, and is a size and nothing else, or nothing between two chunks. */
  #readPlainLine(bytes: Buffer): boolean {
    let { at } = this;
    let size = 0;
    if (this.#line === "size") {
      for (; at < this.at + MOST_DIGITS; at += 1) {
        const digit = DIGITS[bytes[at]!] ?? NO_DIGIT;
        if (digit === NO_DIGIT) break;
        size = size * 16 + digit;
      }
      if (size === 0) return false;
    }
    if (this.#line === "trailer" || bytes[at] !== CR || bytes[at + 1] !== LF) return false;
    this.at = at + 2;
    this.#line = size > 0 ? "gap" : "size";
    this.#left = size;
    this.#around = 0;
    return true;
  }

  #take(line: string): void {
    if (this.#line === "size") {
      const [, size, extension = ""] = SIZE_LINE.exec(line) ?? [];
      if (size === undefined) throw malformed("a chunk has no size", "INVALID_CHUNK_SIZE");
      this.#around = 0;
      this.#count(extension.length);
      this.#left = Number.parseInt(size, 16);
      this.#line = this.#left === 0 ? "trailer" : "gap";
    } else if (this.#line === "gap") {
      if (line !== "") throw malformed("a chunk is longer than its size", "STRICT");
      this.#line = "size";
    } else {
      this.#count(line.length);
      this.isOver = line === "";
    }
  }

  #count(around: number): void {
    this.#around += around;
    if (this.#around > MOST_AROUND)
      throw malformed("there is too much around its chunks", "CHUNK_EXTENSIONS_OVERFLOW");
  }
}

keepShape(new Chunks());
