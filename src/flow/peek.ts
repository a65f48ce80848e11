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
  let isFirst = true;
  return {
    next: () => {
      if (!isFirst) return iterator.next();
      isFirst = false;
      return first;
    },
    return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
  };
}
