import { type ClientHttp2Stream, constants } from "node:http2";
import { Readable } from "node:stream";

const NOTHING = Buffer.alloc(0);

/**
 * The body of an answer. Node ends a stream that breaks off as if it were complete, unless the host says why: this one
 * ends only where the host has ended it, and fails otherwise. Whoever lets go of it lets go of the stream.
 */
export class Body extends Readable {
  readonly #stream: ClientHttp2Stream;
  #missing: number;
  #isWhole = false;
  #failure: Error | undefined;

  /** @param length Bytes that were announced; NaN for none. */
  constructor(stream: ClientHttp2Stream, length: number) {
    super();
    this.#stream = stream;
    this.#missing = length;
    // Nobody needs to look at a failure before he reads.
    this.on("error", () => undefined);
    stream.on("data", (bytes: Buffer) => {
      if (!this.#take(bytes)) stream.pause();
    });
    stream.once("end", () => {
      const isEnded = !stream.destroyed && stream.rstCode === constants.NGHTTP2_NO_ERROR;
      if (!isEnded || this.#missing > 0) return;
      this.#end();
      // The host has answered before it has read everything, and need not read the rest.
      if (!stream.writableFinished) stream.close(constants.NGHTTP2_CANCEL);
    });
  }

  /** The stream is over. What has come by then is read first. @param failure What it failed with, where that was not its end. */
  settle(failure: () => Error): void {
    if (this.#isWhole || this.destroyed) return;
    for (let bytes = this.#readLeft(); bytes; bytes = this.#readLeft()) this.#take(bytes);
    if (this.#missing === 0) return this.#end();
    this.#failure = failure();
    // Whoever waits for more is told.
    if (this.readableLength === 0) this.destroy(this.#failure);
  }

  override _read(): void {
    if (!this.#failure) this.#stream.resume();
    else if (this.readableLength === 0) this.destroy(this.#failure);
    // It is asked again when that has been read.
    else this.push(NOTHING);
  }

  /** What a stream holds that nobody has asked it for: it may have ended whole, and its connection since. */
  #readLeft(): Buffer | null {
    return this.#stream.read() as Buffer | null;
  }

  #take(bytes: Buffer): boolean {
    this.#missing -= bytes.length;
    return this.push(bytes);
  }

  #end(): void {
    this.#isWhole = true;
    this.push(null);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (!this.#isWhole) this.#stream.close(constants.NGHTTP2_CANCEL);
    done(error);
  }
}
