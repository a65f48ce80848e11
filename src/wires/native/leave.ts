type Arrivals = AsyncIterator<unknown, unknown, undefined>;

/**
 * Leaves what AWS sends. @param done The last word has come: what stands behind it is read, so that the connection can serve
 * others.
 */
export async function leave(arrivals: Arrivals, done: boolean): Promise<void> {
  const left = leaveNow(arrivals, done).catch(() => undefined);
  if (done) await within(LINGER_MS, left);
}

async function leaveNow(arrivals: Arrivals, done: boolean): Promise<void> {
  if (done) await arrivals.next();
  await arrivals.return?.();
}

/** A host that keeps the line open after its last word does not keep the caller, nor us. */
const LINGER_MS = 250;

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}

/** Stops what AWS may still be sending. */
export const OVER = new DOMException("The answer is over.", "AbortError");
