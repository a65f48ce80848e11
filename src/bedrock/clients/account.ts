/**
 * Somebody whom AWS is called by. It shows nothing but a number, so that whatever carries it can give no secret away; as a key,
 * its text stands for it.
 */
export class Account {
  readonly #number: number | undefined;
  readonly #headers: Readonly<Record<string, string>>;

  /** @param number Undefined for the access of the options. @param headers Sent with every call. */
  constructor(number: number | undefined, headers: Readonly<Record<string, string>> = {}) {
    this.#number = number;
    this.#headers = headers;
  }

  get headers(): Readonly<Record<string, string>> {
    return this.#headers;
  }

  toString(): string {
    return String(this.#number ?? "");
  }
}
