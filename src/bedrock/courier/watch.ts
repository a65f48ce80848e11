/** A signal that follows the caller's and also fires when nothing moves for too long. */
export interface Watch {
  readonly signal: AbortSignal;
  /** Starts (or restarts) the clock: nothing for `ms` from now on aborts. */
  expect(ms: number): void;
  /** Waits no longer than the signal allows, for work that does not listen to it. */
  race<T>(work: Promise<T>): Promise<T>;
  /** Stops whatever still follows the signal. */
  abort(reason: unknown): void;
  /** Forgets the clock and the caller's signal. */
  end(): void;
  /** The error to report: the timeout where that is what happened, else `error`. */
  reason(error: unknown): unknown;
}

/** A longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function createWatch(caller: AbortSignal): Watch {
  const controller = new AbortController();
  const { signal } = controller;
  const follow = (): void => controller.abort(caller.reason);
  let timer: NodeJS.Timeout | undefined;
  let patience: number | undefined;
  let timeout: Error | undefined;

  if (caller.aborted) follow();
  else caller.addEventListener("abort", follow, { once: true });

  return {
    signal,
    expect(ms) {
      if (ms === patience) return void timer?.refresh();
      patience = ms;
      clearTimeout(timer);
      const expire = (): void => {
        timeout = Object.assign(new Error(`Nothing moved for ${ms} ms.`), { name: "TimeoutError" });
        controller.abort(timeout);
      };
      timer = setTimeout(expire, Math.min(ms, LONGEST_TIMER_MS));
    },
    race: (work) =>
      new Promise((resolve, reject) => {
        const leave = (): void => reject(signal.reason as Error);
        if (signal.aborted) leave();
        signal.addEventListener("abort", leave, { once: true });
        void work.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
      }),
    abort: (reason) => controller.abort(reason),
    end() {
      clearTimeout(timer);
      caller.removeEventListener("abort", follow);
    },
    reason: (error) => timeout ?? error,
  };
}

/** The body, given up when it neither moves nor is read for `idle` milliseconds. */
export async function* watched(
  body: AsyncIterable<Uint8Array>,
  watch: Watch,
  idle: number,
): AsyncGenerator<Uint8Array> {
  try {
    watch.expect(idle);
    for await (const bytes of body) {
      watch.expect(idle);
      yield bytes;
    }
    // Over HTTP/2 an aborted body ends as if it were complete.
    if (watch.signal.aborted) throw watch.signal.reason;
  } catch (error) {
    throw watch.reason(error);
  } finally {
    watch.end();
  }
}
