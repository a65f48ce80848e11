import type { OnReadOpts, Socket } from "node:net";
import type { AnswerHead } from "./answer-head.ts";
import { unref } from "../../../http/unref.ts";
import { Connection, type Home } from "./connection.ts";
import { type Far, openPlain, openSecure } from "./open.ts";

/** Bounds on connections, in milliseconds. */
export interface Bounds {
  /** For one to come about. */
  connect: number;
  /** That one is kept without a request. */
  idle: number;
}

/** The other end may close at the moment that it has named. */
const BEFORE_MS = 1_000;

/** How often it is looked who has rested for too long, in that time. */
const SWEEPS = 10;

/** The connections with one host. The last one to have served serves next, so that those of a busy hour come to rest, and end. */
export class Connections implements Home {
  readonly #far: Far;
  readonly #bounds: Bounds;
  readonly #resting: Connection[] = [];
  #ticket: Buffer | undefined;
  #sweeping: NodeJS.Timeout | undefined;

  constructor(far: Far, bounds: Bounds) {
    this.#far = far;
    this.#bounds = bounds;
  }

  /** One that has served and is open; undefined for none. */
  take(): Connection | undefined {
    for (;;) {
      const connection = this.#resting.pop();
      if (!connection) return undefined;
      if (connection.wake()) return connection;
      connection.destroy();
    }
  }

  /** A new one. */
  open(): Connection {
    return new Connection((onread) => this.#socket(onread), this);
  }

  onRest(connection: Connection, { headers }: AnswerHead): void {
    const said = /\btimeout=(\d{1,9})/i.exec(headers["keep-alive"] ?? "")?.[1];
    const kept = said === undefined ? Infinity : Number(said) * 1_000 - BEFORE_MS;
    const { idle } = this.#bounds;
    connection.rest(Math.min(kept, idle));
    this.#resting.push(connection);
    this.#sweeping ??= unref(setInterval(() => this.#sweep(), idle / SWEEPS));
  }

  onClose(connection: Connection): void {
    // A ticket that the host may not take any more is in nobody's way.
    if (connection.isUnheard) this.#ticket = undefined;
    const at = this.#resting.indexOf(connection);
    if (at >= 0) this.#resting.splice(at, 1);
  }

  #socket(onread: OnReadOpts): Socket {
    const { connect } = this.#bounds;
    if (this.#far.protocol === "http:") return openPlain(this.#far, onread, connect);
    return openSecure(this.#far, onread, connect, this.#ticket, (ticket) => (this.#ticket = ticket));
  }

  /** Closing, they take themselves away. */
  #sweep(): void {
    for (const connection of this.#resting) if (!connection.isFresh) connection.destroy();
    if (this.#resting.length > 0) return;
    clearInterval(this.#sweeping);
    this.#sweeping = undefined;
  }
}
