/** Bits on their way into bytes, the first in the highest place of a byte (JPEG) or in the lowest (WebP). */
export class Bits {
  readonly #bytes: number[] = [];
  readonly #lowestFirst: boolean;
  #byte = 0;
  #used = 0;

  constructor(first: "highest" | "lowest") {
    this.#lowestFirst = first === "lowest";
  }

  /** Appends a number's `count` bits, in the order of the format. */
  put(value: number, count: number): this {
    for (let index = 0; index < count; index += 1) {
      const bit = (value >>> (this.#lowestFirst ? index : count - 1 - index)) & 1;
      this.#byte |= bit << (this.#lowestFirst ? this.#used : 7 - this.#used);
      this.#used += 1;
      if (this.#used === 8) this.#flush();
    }
    return this;
  }

  /** All bytes; the last one is filled up with zeros. */
  end(): number[] {
    if (this.#used > 0) this.#flush();
    return this.#bytes;
  }

  #flush(): void {
    this.#bytes.push(this.#byte);
    this.#byte = 0;
    this.#used = 0;
  }
}
