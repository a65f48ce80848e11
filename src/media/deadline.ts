import { DownloadFailure } from "./failure.ts";

/** One download's time: it follows the caller and its own clock, whichever comes first. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Waits no longer than the signal allows, for work that does not listen to it. */
  race<T>(work: Promise<T>): Promise<T>;
  /** Forgets the clock and the caller, and stops whatever still follows the signal. */
  end(): void;
}

/** A longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function startDeadline(caller: AbortSignal, ms: number): Deadline {
  const controller = new AbortController();
  const { signal } = controller;
  const follow = (): void => controller.abort(caller.reason);
  const expire = (): void => controller.abort(new DownloadFailure("timeout", ms));
  const timer = setTimeout(expire, Math.min(ms, LONGEST_TIMER_MS));
  if (caller.aborted) follow();
  else caller.addEventListener("abort", follow, { once: true });

  return {
    signal,
    race: (work) =>
      new Promise((resolve, reject) => {
        const leave = (): void => reject(signal.reason as Error);
        if (signal.aborted) leave();
        signal.addEventListener("abort", leave, { once: true });
        void work.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
      }),
    end() {
      clearTimeout(timer);
      caller.removeEventListener("abort", follow);
      controller.abort();
    },
  };
}
