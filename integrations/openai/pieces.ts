import type { EventFlow, Outlet } from "../../src/http/plain-bodies.ts";

interface Waiting {
  resolve(text: string | undefined): void;
  reject(error: unknown): void;
}

/** An event stream's text, asked for piece by piece, one question at a time. */
export class Pieces implements Outlet {
  readonly #flow: EventFlow;
  #waiting: Waiting | undefined;
  /** What came of it, where that was not asked for yet. */
  #failure: { error: unknown } | undefined;
  #isLeft = false;

  constructor(flow: EventFlow) {
    this.#flow = flow;
  }

  /** @returns undefined at its end, also where it is left. @throws what it fails by. */
  next(): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure.error);
      if (this.#isLeft) return resolve(undefined);
      this.#waiting = { resolve, reject };
      if (this.#flow.isRead) this.#flow.more();
      else this.#flow.into(this);
    });
  }

  /** Stops what AWS is doing. Whoever waits is told that it is over. */
  leave(reason?: unknown): void {
    if (this.#isLeft) return;
    this.#isLeft = true;
    this.#flow.leave(reason);
    this.end();
  }

  isFree(): boolean {
    return this.#waiting !== undefined;
  }

  write(text: string): void {
    this.#taken()?.resolve(text);
  }

  end(): void {
    this.#taken()?.resolve(undefined);
  }

  fail(error: unknown): void {
    const waiting = this.#taken();
    if (waiting) waiting.reject(error);
    else this.#failure = { error };
  }

  #taken(): Waiting | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }
}
