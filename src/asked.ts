/** Who has asked an iterator, and is told what comes without a promise in between. */
export interface Asker<T> {
  told(result: IteratorResult<T, unknown>): void;
  failed(error: unknown): void;
}

export const ASK: unique symbol = Symbol("ask");

/** An iterator that can be asked without a promise, one question at a time. */
export interface Askable<T> {
  /** @returns Who is to be asked the next time: itself, or whom it has handed over to. */
  [ASK](asker: Asker<T>): Askable<T>;
}

/** Any iterator as one that can be asked. */
export const askable = <T>(from: AsyncIterator<T, unknown, undefined>): Askable<T> =>
  ASK in from ? (from as unknown as Askable<T>) : new ByPromise(from);

class ByPromise<T> implements Askable<T> {
  readonly #from: AsyncIterator<T, unknown, undefined>;

  constructor(from: AsyncIterator<T, unknown, undefined>) {
    this.#from = from;
  }

  [ASK](asker: Asker<T>): this {
    let next: Promise<IteratorResult<T, unknown>>;
    try {
      next = this.#from.next();
    } catch (error) {
      asker.failed(error);
      return this;
    }
    next.then(
      (result) => asker.told(result),
      (error: unknown) => asker.failed(error),
    );
    return this;
  }
}

/** The `next` of an iterator that can be asked. */
export const promised = <T, Return = unknown>(from: Askable<T>): Promise<IteratorResult<T, Return>> =>
  new Promise((resolve, reject) => {
    from[ASK]({ told: resolve as (result: IteratorResult<T, unknown>) => void, failed: reject });
  });
