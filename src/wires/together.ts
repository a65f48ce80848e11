/**
 * Runs `count` calls at once. The first that fails stops the others and is the failure of all.
 * @param caller Stops them all.
 */
export async function together<T>(
  count: number,
  caller: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T[]> {
  if (count === 1) return [await call(caller)];
  const controller = new AbortController();
  const signal = AbortSignal.any([caller, controller.signal]);
  try {
    return await Promise.all(Array.from({ length: count }, () => call(signal)));
  } catch (error) {
    controller.abort(error);
    throw error;
  }
}

/** Values of several iterators as they come, each with its iterator's index. Leaving it leaves them all. */
export async function* merge<T>(
  iterators: readonly AsyncIterator<T, unknown, undefined>[],
): AsyncGenerator<[number, T], void, undefined> {
  const step = async (index: number): Promise<{ index: number; result: IteratorResult<T, unknown> }> => ({
    index,
    result: await iterators[index]!.next(),
  });
  const pending = new Map(iterators.map((_, index) => [index, step(index)]));
  try {
    while (pending.size > 0) {
      const { index, result } = await Promise.race(pending.values());
      if (result.done) pending.delete(index);
      else {
        pending.set(index, step(index));
        yield [index, result.value];
      }
    }
  } finally {
    // Not awaited: an iterator that waits for AWS only returns once that wait is aborted.
    for (const promise of pending.values()) promise.catch(() => undefined);
    for (const iterator of iterators) void iterator.return?.().catch(() => undefined);
  }
}
