/** A body that has come whole: nobody need watch over it, or wait. */
export class InOnePiece implements AsyncIterable<Uint8Array> {
  readonly bytes: Uint8Array;
  readonly #signal: AbortSignal;

  /** @param signal Of the caller: whoever has left is not told the rest. */
  constructor(bytes: Uint8Array, signal: AbortSignal) {
    this.bytes = bytes;
    this.#signal = signal;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    this.#signal.throwIfAborted();
    // An empty piece would be taken for the end.
    if (this.bytes.byteLength > 0) yield this.bytes;
    this.#signal.throwIfAborted();
  }
}
