import type { EventFlow, Outlet } from "../../src/http/plain-bodies.ts";

/** A piece's text, what it fails by, or undefined at its end. */
export type Piece = string | Failure | undefined;

interface Failure {
  error: unknown;
}

/** An event stream's text, asked for piece by piece, one question at a time. */
export class Pieces implements Outlet {
  readonly #flow: EventFlow;
  #waiting: ((piece: Piece) => void) | undefined;
  #failure: Failure | undefined;

  constructor(flow: EventFlow) {
    this.#flow = flow;
  }

  next(): Promise<Piece> {
    return new Promise((resolve) => {
      if (this.#failure) return resolve(this.#failure);
      this.#waiting = resolve;
      if (this.#flow.isRead) this.#flow.more();
      else this.#flow.into(this);
    });
  }

  /** Stops what AWS is doing. Whoever waits is told the reason. */
  leave(reason?: unknown): void {
    this.#flow.leave(reason);
    this.fail(reason);
  }

  isFree(): boolean {
    return this.#waiting !== undefined;
  }

  write(text: string): void {
    this.#taken()?.(text);
  }

  end(): void {
    this.#taken()?.(undefined);
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#taken()?.(this.#failure);
  }

  #taken(): ((piece: Piece) => void) | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }
}
