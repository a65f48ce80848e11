import { ASK, ask, type Askable, type Asker } from "../asked.ts";

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
  return beginningWith(first, iterator);
}

/** What was told is not kept: it may be the half of an answer. */
function beginningWith<T>(
  first: Promise<IteratorResult<T, unknown>>,
  iterator: AsyncIterator<T, unknown, undefined>,
): AsyncIterator<T, unknown, undefined> & Askable<T> {
  let untold: typeof first | undefined = first;
  const take = (): AsyncIterator<T, unknown, undefined> => {
    if (!untold) return iterator;
    const told = untold;
    untold = undefined;
    return { next: () => told };
  };
  return {
    next: () => take().next(),
    [ASK]: (asker: Asker<T>) => ask(take(), asker),
    return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
  };
}
