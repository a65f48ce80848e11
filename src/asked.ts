/** Who has asked an iterator, and is told what comes without a promise in between. */
export interface Asker<T> {
  told(result: IteratorResult<T, unknown>): void;
  failed(error: unknown): void;
}

export const ASK: unique symbol = Symbol("ask");

/** An iterator that can be asked without a promise, one question at a time. */
export interface Askable<T> {
  [ASK](asker: Asker<T>): void;
}

/** Asks for what comes next, as `next` of the iterator would tell it. */
export function ask<T>(from: AsyncIterator<T, unknown, undefined>, asker: Asker<T>): void {
  if (ASK in from) return (from as unknown as Askable<T>)[ASK](asker);
  let next: Promise<IteratorResult<T, unknown>>;
  try {
    next = from.next();
  } catch (error) {
    return asker.failed(error);
  }
  next.then(
    (result) => asker.told(result),
    (error: unknown) => asker.failed(error),
  );
}

/** The `next` of an iterator that can be asked. */
export const promised = <T, Return = unknown>(from: Askable<T>): Promise<IteratorResult<T, Return>> =>
  new Promise((resolve, reject) => {
    from[ASK]({ told: resolve as (result: IteratorResult<T, unknown>) => void, failed: reject });
  });
