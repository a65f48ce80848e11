import { ASK, type Askable, askable, type Asker } from "../asked.ts";

/** How long a stream's first event may keep the status line waiting: a refusal in it is still a real HTTP status. */
export const FIRST_EVENT_GRACE_MS = 5_000;

/**
 * Waits for an iterator's first value, `graceMs` at the most, and gives back an iterator that still begins with it.
 * Rejects when the first value fails within the grace; a later failure is met where the value is read.
 */
export async function peek<T>(
  iterator: AsyncIterator<T, unknown, undefined>,
  graceMs: number,
): Promise<AsyncIterator<T, unknown, undefined>> {
  const first = iterator.next();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const grace = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, graceMs);
  });
  try {
    await Promise.race([first, grace]);
  } finally {
    clearTimeout(timer);
  }
  // Whoever reads meets the rejection; until then it must not count as unhandled.
  first.catch(() => undefined);
  return new Beginning(first, iterator);
}

/** What was told is not kept: it may be the half of an answer. */
class Beginning<T> implements AsyncIterator<T, unknown, undefined>, Askable<T> {
  #first: Promise<IteratorResult<T, unknown>> | undefined;
  readonly #iterator: AsyncIterator<T, unknown, undefined>;

  constructor(first: Promise<IteratorResult<T, unknown>>, iterator: AsyncIterator<T, unknown, undefined>) {
    this.#first = first;
    this.#iterator = iterator;
  }

  next(): Promise<IteratorResult<T, unknown>> {
    return this.#take().next();
  }

  [ASK](asker: Asker<T>): Askable<T> {
    askable(this.#take())[ASK](asker);
    return askable(this.#iterator);
  }

  async return(): Promise<IteratorResult<T, unknown>> {
    return (await this.#iterator.return?.()) ?? { done: true, value: undefined };
  }

  #take(): AsyncIterator<T, unknown, undefined> {
    const first = this.#first;
    if (!first) return this.#iterator;
    this.#first = undefined;
    return { next: () => first };
  }
}
