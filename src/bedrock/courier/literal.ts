/** A text that is looked for in bytes, a character for each: four at a time, since of a string V8 compares one by one. */
export class Literal {
  readonly length: number;
  readonly #words: Int32Array;
  readonly #rest: Uint8Array;

  constructor(text: string) {
    const bytes = Buffer.from(text, "latin1");
    this.length = bytes.length;
    this.#words = Int32Array.from({ length: bytes.length >> 2 }, (_, word) => bytes.readInt32LE(word * 4));
    this.#rest = Uint8Array.from(bytes.subarray(this.#words.length * 4));
  }

  /** Whether it stands there. There must be as many bytes. */
  isAt(view: DataView, start: number): boolean {
    const words = this.#words;
    const rest = this.#rest;
    let at = start;
    for (let word = 0; word < words.length; word += 1, at += 4)
      if (view.getInt32(at, true) !== words[word]) return false;
    for (let byte = 0; byte < rest.length; byte += 1, at += 1)
      if (view.getUint8(at) !== rest[byte]) return false;
    return true;
  }
}
