import { keepShape } from "../../../keep-shape.ts";
import { type AnswerHead, readHead } from "./answer-head.ts";
import { Chunks } from "./chunks.ts";
import { malformed } from "./malformed.ts";
import { http } from "../node-http.ts";

const END_OF_HEAD = "\r\n\r\n";
const BEGIN = "HTTP/1.";

/** Of a line. What ends its lines so ends its head so too, which would be waited for. */
const BARE_END = /[^\r]\n/;

/** Reads one answer, from any split of its bytes. */
export class AnswerReader {
  /** As soon as it is complete. */
  head: AnswerHead | undefined;
  /** The answer is complete. */
  isOver = false;
  /** More has come than the answer, and nobody knows what it is. */
  hasMore = false;
  readonly #method: string;
  /** Of a head that spans reads. */
  #held: Buffer | undefined;
  /** Bytes until the end. */
  #left = 0;
  #chunks: Chunks | undefined;

  /** @param method That was asked with. */
  constructor(method: string) {
    this.#method = method;
  }

  /**
   * Takes what came next.
   * @returns What it has of the body, copied.
   * @throws Error with the code that Node's parser would give
   */
  push(chunk: Buffer): Buffer | undefined {
    if (this.head) return this.#readBody(chunk, 0);
    const bytes = this.#held ? Buffer.concat([this.#held, chunk]) : chunk;
    let at = 0;
    while (!this.head) {
      const end = bytes.indexOf(END_OF_HEAD, at);
      if (end < 0) return this.#hold(bytes, at);
      limit(end - at);
      this.#begin(readHead(headText(bytes.subarray(at, end)), this.#method));
      at = end + END_OF_HEAD.length;
    }
    this.#held = undefined;
    return this.#readBody(bytes, at);
  }

  /** The connection has ended. @returns Whether that was the end of the answer. */
  end(): boolean {
    this.isOver ||= this.head?.body === "rest";
    return this.isOver;
  }

  #begin(head: AnswerHead): void {
    if (head.statusCode === 101) throw unasked();
    // What AWS says before it answers is nothing to wait for.
    if (head.statusCode < 200) return;
    this.head = head;
    if (head.body === "chunked") this.#chunks = new Chunks();
    else this.#left = head.body === "rest" ? Infinity : head.body;
    this.isOver = this.#left === 0 && !this.#chunks;
  }

  #hold(bytes: Buffer, at: number): undefined {
    // What may be its end is none of it.
    limit(bytes.length - at - END_OF_HEAD.length + 1);
    this.#held = Buffer.from(bytes.subarray(at));
    headText(this.#held);
  }

  #readBody(bytes: Buffer, at: number): Buffer | undefined {
    if (this.isOver || at === bytes.length) {
      this.hasMore ||= at < bytes.length;
      return undefined;
    }
    const data = this.#chunks ? this.#chunks.read(bytes, at) : this.#copy(bytes, at);
    const end = this.#chunks ? this.#chunks.at : at + data.length;
    this.isOver = this.#chunks ? this.#chunks.isOver : this.#left === 0;
    this.hasMore = end < bytes.length;
    return data.length > 0 ? data : undefined;
  }

  #copy(bytes: Buffer, at: number): Buffer {
    const data = Buffer.from(bytes.subarray(at, at + this.#left));
    this.#left -= data.length;
    return data;
  }
}

/** Of a head, in bytes: the same in however many reads it has come. */
function limit(size: number): void {
  if (size > http.maxHeaderSize) throw malformed("its head is too long", "HEADER_OVERFLOW");
}

/** A head as far as it has come. @throws Error where it can be none, however it goes on. */
function headText(bytes: Buffer): string {
  const text = bytes.toString("latin1");
  const isStatus = BEGIN.startsWith(text.slice(0, BEGIN.length));
  if (!isStatus) throw malformed("its first line is no status", "INVALID_CONSTANT");
  if (BARE_END.test(text)) throw malformed("a line of its head has no end", "CR_EXPECTED");
  return text;
}

/** To another protocol, as Node says of it: that the connection has ended. */
const unasked = (): Error =>
  Object.assign(new Error("The connection turned to another protocol."), { code: "ECONNRESET" });

keepShape(new AnswerReader("POST"));
