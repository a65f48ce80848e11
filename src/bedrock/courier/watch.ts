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
  /** Since the timer was set. */
  #lastMove: number | undefined;

  constructor(caller: AbortSignal) {
    this.signal = this.#controller.signal;
    this.#caller = caller;
    if (caller.aborted) this.#follow();
    else caller.addEventListener("abort", this.#follow, { once: true });
  }

  /** Starts (or restarts) the clock: nothing for `ms` from now on aborts. */
  expect(ms: number): void {
    // Only noted: to wind the clock up for each piece would cost more than to read it.
    if (ms === this.#patience) return void (this.#lastMove = performance.now());
    this.#patience = ms;
    clearTimeout(this.#timer);
    this.#lookIn(ms);
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
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#caller.removeEventListener("abort", this.#follow);
  }

  /** The error to report: the timeout where that is what happened, else `error`. */
  reason(error: unknown): unknown {
    return this.#timeout ?? error;
  }

  #lookIn(ms: number): void {
    this.#lastMove = undefined;
    this.#timer = setTimeout(this.#look, Math.min(ms, LONGEST_TIMER_MS));
  }

  readonly #look = (): void => {
    if (this.#lastMove !== undefined) {
      // None is left where this process stood still; of less than that Node warns.
      return this.#lookIn(Math.max(this.#lastMove + this.#patience! - performance.now(), 0));
    }
    // It may be this process that stood still: what came meanwhile is read first.
    setImmediate((timer) => {
      if (this.#timer !== timer) return;
      if (this.#lastMove === undefined) this.#expire();
      else this.#look();
    }, this.#timer);
  };

  #expire(): void {
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
