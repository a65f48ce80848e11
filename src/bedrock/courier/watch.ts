import { type Mapped, mapped } from "../../mapped.ts";
import { readsOf } from "./arrivals.ts";

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
  let leave: ((reason: unknown) => void) | undefined;
  const abort = (reason: unknown): void => {
    controller.abort(reason);
    leave?.(signal.reason);
  };
  const follow = (): void => abort(caller.reason);
  let timer: NodeJS.Timeout | undefined;
  let patience: number | undefined;
  let timeout: Error | undefined;
  /** How often something moved. */
  let moves = 0;

  if (caller.aborted) follow();
  else caller.addEventListener("abort", follow, { once: true });

  return {
    signal,
    expect(ms) {
      moves += 1;
      if (ms === patience) return void timer?.refresh();
      patience = ms;
      clearTimeout(timer);
      const expire = (seen: number): void => {
        if (moves !== seen) return;
        timeout = Object.assign(new Error(`Nothing moved for ${ms} ms.`), { name: "TimeoutError" });
        abort(timeout);
      };
      // It may be this process that stood still: what came meanwhile is read first.
      const look = (): void => void setImmediate(expire, moves);
      timer = setTimeout(look, Math.min(ms, LONGEST_TIMER_MS));
    },
    race: (work) =>
      new Promise((resolve, reject) => {
        leave = reject;
        if (signal.aborted) leave(signal.reason);
        work.then(resolve, reject);
      }),
    abort,
    end() {
      moves += 1;
      clearTimeout(timer);
      caller.removeEventListener("abort", follow);
    },
    reason: (error) => timeout ?? error,
  };
}

/** The body, given up when it neither moves nor is read for `idle` milliseconds. */
export function watched(body: AsyncIterable<Uint8Array>, watch: Watch, idle: number): Mapped<Uint8Array> {
  watch.expect(idle);
  return mapped(readsOf(body), {
    piece(bytes) {
      watch.expect(idle);
      return bytes;
    },
    last() {
      // Over HTTP/2 an aborted body ends as if it were complete.
      if (watch.signal.aborted) throw watch.signal.reason;
      return undefined;
    },
    failed(error) {
      throw watch.reason(error);
    },
    end: watch.end,
  });
}
