/** A signal that follows the caller's and also fires when AWS keeps silent for too long. */
export interface Watch {
  readonly signal: AbortSignal;
  /** Starts (or restarts) waiting: silence for `ms` from now on aborts. */
  expect(ms: number): void;
  /** Stops the clock while it is not AWS who is slow. */
  pause(): void;
  /** Forgets the clock and the caller's signal. */
  end(): void;
  /** The error to report: the timeout where that is what happened, else `error`. */
  reason(error: unknown): unknown;
}

export function createWatch(caller: AbortSignal): Watch {
  const controller = new AbortController();
  const follow = (): void => controller.abort(caller.reason);
  let timer: NodeJS.Timeout | undefined;
  let timeout: Error | undefined;
  const pause = (): void => clearTimeout(timer);

  if (caller.aborted) follow();
  else caller.addEventListener("abort", follow, { once: true });

  return {
    signal: controller.signal,
    expect(ms) {
      pause();
      timer = setTimeout(() => {
        timeout = Object.assign(new Error(`Bedrock sent nothing for ${ms} ms.`), { name: "TimeoutError" });
        controller.abort(timeout);
      }, ms);
    },
    pause,
    end() {
      pause();
      caller.removeEventListener("abort", follow);
    },
    reason: (error) => timeout ?? error,
  };
}
