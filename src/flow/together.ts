import { type Mapped, mapped } from "../mapped.ts";

type Stream<T> = AsyncIterator<T, unknown, undefined>;

/** Calls to AWS for one request that run side by side; the others wait for their turn. */
export const AT_ONCE = 8;

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
): Promise<AsyncIterableIterator<[number, T], unknown, undefined>> {
  const opened = await together(Math.min(count, atOnce), caller, open);
  if (count === 1) return alone(opened[0]!);
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

/** Nearly every request asks for one answer, which waits for nobody. */
const alone = <T>(stream: Stream<T>): Mapped<[number, T]> => mapped(stream, { piece: first });

const first = <T>(value: T): [number, T] => [0, value];

async function* unwrapped<T>(
  lanes: AsyncIterable<[number, [number, T]]>,
): AsyncGenerator<[number, T], void, undefined> {
  for await (const [, arrival] of lanes) yield arrival;
}

/** What an iterator said last. */
type Arrival<T> = { index: number; result: IteratorResult<T, unknown> } | { failure: unknown };

/**
 * Values of several iterators as they come, each with its iterator's index. Leaving it leaves them all. A queue and not a
 * race: racing promises that never settle keeps something of every race.
 */
export async function* merge<T>(
  iterators: readonly Stream<T>[],
): AsyncGenerator<[number, T], void, undefined> {
  const arrived: Arrival<T>[] = [];
  let wake: (() => void) | undefined;
  const arrive = (arrival: Arrival<T>): void => {
    arrived.push(arrival);
    wake?.();
  };
  const ask = (index: number): void =>
    void iterators[index]!.next().then(
      (result) => arrive({ index, result }),
      (failure: unknown) => arrive({ failure }),
    );

  let open = iterators.length;
  for (const index of iterators.keys()) ask(index);
  try {
    while (open > 0) {
      const arrival = arrived.shift();
      if (!arrival) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      if ("failure" in arrival) throw arrival.failure;
      const { index, result } = arrival;
      if (result.done) open -= 1;
      else {
        ask(index);
        yield [index, result.value];
      }
    }
  } finally {
    // Not awaited: an iterator that waits for AWS only returns once that wait is aborted.
    for (const iterator of iterators) void iterator.return?.().catch(() => undefined);
  }
}
