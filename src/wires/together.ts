type Stream<T> = AsyncIterator<T, unknown, undefined>;

/**
 * Runs `count` calls, `atOnce` of them side by side. The first that fails stops the others and is the failure of all.
 * @param caller Stops them all.
 */
export async function together<T>(
  count: number,
  caller: AbortSignal,
  call: (signal: AbortSignal, index: number) => Promise<T>,
  atOnce = count,
): Promise<T[]> {
  if (count === 1) return [await call(caller, 0)];
  const controller = new AbortController();
  const signal = AbortSignal.any([caller, controller.signal]);
  const results: T[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      signal.throwIfAborted();
      const index = next;
      next += 1;
      results[index] = await call(signal, index);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(count, atOnce) }, lane));
    return results;
  } catch (error) {
    controller.abort(error);
    throw error;
  }
}

/**
 * Opens `count` streams, `atOnce` of them side by side: the next one when one has ended. Values come as they arrive,
 * each with its stream's index. Rejects where one of the first fails to open; a later failure is met where the values
 * are read. Leaving the values leaves the streams; one that is being opened is left by `caller`.
 */
export async function togetherStreamed<T>(
  count: number,
  caller: AbortSignal,
  open: (signal: AbortSignal, index: number) => Promise<Stream<T>>,
  atOnce = count,
): Promise<AsyncGenerator<[number, T], void, undefined>> {
  const opened = await together(Math.min(count, atOnce), caller, open);
  if (opened.length === count) return merge(opened);
  let next = opened.length;
  async function* lane(stream: Stream<T>, first: number): AsyncGenerator<[number, T], void, undefined> {
    let current = stream;
    for (let index = first; ;) {
      for await (const value of { [Symbol.asyncIterator]: () => current }) yield [index, value];
      if (next >= count) return;
      index = next;
      next += 1;
      current = await open(caller, index);
    }
  }
  return unwrapped(merge(opened.map(lane)));
}

async function* unwrapped<T>(
  lanes: AsyncIterable<[number, [number, T]]>,
): AsyncGenerator<[number, T], void, undefined> {
  for await (const [, arrival] of lanes) yield arrival;
}

/** Values of several iterators as they come, each with its iterator's index. Leaving it leaves them all. */
export async function* merge<T>(
  iterators: readonly Stream<T>[],
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
