import { type Mapped, mapped } from "../../mapped.ts";
import { readsOf } from "./arrivals.ts";

/** A longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A signal that follows the caller's and also fires when nothing moves for too long. */
export class Watch {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal;
  readonly #follow = (): void => this.abort(this.#caller.reason);
  #leave: ((reason: unknown) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #patience: number | undefined;
  #timeout: Error | undefined;
  /** How often something moved. */
  #moves = 0;

  constructor(caller: AbortSignal) {
    this.signal = this.#controller.signal;
    this.#caller = caller;
    if (caller.aborted) this.#follow();
    else caller.addEventListener("abort", this.#follow, { once: true });
  }

  /** Starts (or restarts) the clock: nothing for `ms` from now on aborts. */
  expect(ms: number): void {
    this.#moves += 1;
    if (ms === this.#patience) return void this.#timer?.refresh();
    this.#patience = ms;
    clearTimeout(this.#timer);
    // It may be this process that stood still: what came meanwhile is read first.
    const look = (): void => void setImmediate((seen: number) => this.#expire(seen), this.#moves);
    this.#timer = setTimeout(look, Math.min(ms, LONGEST_TIMER_MS));
  }

  /** Waits no longer than the signal allows, for work that does not listen to it. */
  race<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#leave = reject;
      if (this.signal.aborted) reject(this.signal.reason);
      work.then(
        (value) => {
          this.#leave = undefined;
          resolve(value);
        },
        (error: unknown) => {
          this.#leave = undefined;
          reject(error);
        },
      );
    });
  }

  /** Stops whatever still follows the signal. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
    this.#leave?.(this.signal.reason);
  }

  /** Forgets the clock and the caller's signal. */
  end(): void {
    this.#moves += 1;
    clearTimeout(this.#timer);
    this.#caller.removeEventListener("abort", this.#follow);
  }

  /** The error to report: the timeout where that is what happened, else `error`. */
  reason(error: unknown): unknown {
    return this.#timeout ?? error;
  }

  #expire(seen: number): void {
    if (this.#moves !== seen) return;
    this.#timeout = Object.assign(new Error(`Nothing moved for ${this.#patience} ms.`), {
      name: "TimeoutError",
    });
    this.abort(this.#timeout);
  }
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
    end: () => watch.end(),
  });
}
