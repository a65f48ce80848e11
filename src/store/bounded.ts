/** A store answers in milliseconds, or in a second or two where it moves to another machine. */
const LIMIT_MS = 5_000;

/** A store that says nothing: whoever asks again waits again. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/** Asks something, for so long and no longer. @throws What it throws, or that there was no answer in time. */
export type Ask = <T>(ask: () => Promise<T>) => Promise<T>;

/**
 * Bounds every wait for a store. Clients of databases hold what is asked of them until they are connected again: while nothing at
 * all is answered, one call at a time tries, and the others are held up for a fifth of the time only, and are not asked.
 */
export function createAsk(limitMs = LIMIT_MS): Ask {
  let answers = 0;
  let hangs = false;
  let trial: Promise<unknown> | undefined;
  const answered = (): void => {
    answers += 1;
    hangs = false;
  };
  const late = (before: number): Error => {
    // Where others were answered meanwhile it was this one that took long.
    hangs = answers === before;
    return new NoAnswer(`The store did not answer within ${limitMs} ms.`);
  };
  return async (ask) => {
    if (hangs && trial) {
      await within(trial, limitMs / 5).catch(() => undefined);
      if (hangs) throw new NoAnswer("The store does not answer.");
    }
    const before = answers;
    // A refusal is an answer too.
    const asking = within(ask().finally(answered), limitMs, () => late(before));
    trial = asking;
    try {
      return await asking;
    } finally {
      if (trial === asking) trial = undefined;
    }
  };
}

async function within<T>(
  waited: Promise<T>,
  ms: number,
  late: () => Error = () => new NoAnswer("Not yet."),
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  try {
    return await Promise.race([waited, end]);
  } finally {
    clearTimeout(timer);
  }
}
