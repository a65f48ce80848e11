import { type ClientHttp2Stream, constants } from "node:http2";
import { Readable } from "node:stream";

/**
 * The body of an answer. Node ends a stream that breaks off as if it were complete, unless the host says why: this one
 * ends only where the host has ended it, and fails otherwise. Whoever lets go of it lets go of the stream.
 */
export class Body extends Readable {
  readonly #stream: ClientHttp2Stream;
  #missing: number;
  #isWhole = false;

  /** @param length Bytes that were announced; NaN for none. */
  constructor(stream: ClientHttp2Stream, length: number) {
    super();
    this.#stream = stream;
    this.#missing = length;
    // Nobody needs to look at a failure before he reads.
    this.on("error", () => undefined);
    stream.on("data", (bytes: Buffer) => {
      this.#missing -= bytes.length;
      if (!this.push(bytes)) stream.pause();
    });
    stream.once("end", () => {
      const isEnded = !stream.destroyed && stream.rstCode === constants.NGHTTP2_NO_ERROR;
      if (!isEnded || this.#missing > 0) return;
      this.#isWhole = true;
      this.push(null);
      // The host has answered before it has read everything, and need not read the rest.
      if (!stream.writableFinished) stream.close(constants.NGHTTP2_CANCEL);
    });
  }

  /** The stream is over. @param failure What it failed with, where that was not its end. */
  settle(failure: () => Error): void {
    if (!this.#isWhole) this.destroy(failure());
  }

  override _read(): void {
    this.#stream.resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (!this.#isWhole) this.#stream.close(constants.NGHTTP2_CANCEL);
    done(error);
  }
}
