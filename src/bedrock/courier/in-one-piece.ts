/** A body that has come whole: nobody need watch over it, or wait. */
export class InOnePiece implements AsyncIterable<Uint8Array> {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    // An empty piece would be taken for the end.
    if (this.bytes.byteLength > 0) yield this.bytes;
  }
}
