import type { OnReadOpts, Socket } from "node:net";
import type { Asked, Sending } from "../asked.ts";
import type { AnswerHead } from "./answer-head.ts";
import { type Answered, Exchange, type Line } from "./exchange.ts";

/** All sockets are read into it, one after the other: what is in it is taken out before anybody is told. */
const INBOX = Buffer.allocUnsafeSlow(64 * 1024);

/** A body so small is written with what stands before it, in one piece. */
const SMALL = 16 * 1024;

/** Whoever a connection goes back to. */
export interface Home {
  /** It can serve again. @param last What the other end has said of it. */
  onRest(connection: Connection, last: AnswerHead): void;
  onClose(connection: Connection): void;
}

/** One connection to AWS, and the exchange that is on it. */
export class Connection implements Line {
  hasServed = false;
  /** The other end has closed it before it said a word. */
  isUnheard = true;
  readonly #socket: Socket;
  readonly #home: Home;
  #exchange: Exchange | undefined;
  #failure: Error | undefined;
  #until = Infinity;

  /** @param open Makes the socket, which reads as it is told. */
  constructor(open: (onread: OnReadOpts) => Socket, home: Home) {
    this.#home = home;
    this.#socket = open({ buffer: INBOX, callback: (size) => this.#read(size) })
      .on("error", (error) => (this.#failure = error))
      .on("end", () => this.#close())
      .on("close", () => this.#close());
  }

  /** Whether it may serve again. */
  get isFresh(): boolean {
    return this.#socket.writable && performance.now() < this.#until;
  }

  get isSent(): boolean {
    return this.#socket.writableLength === 0 && !this.#socket.connecting;
  }

  /** @param head As it is written. @throws As `Exchange` does. */
  ask(head: string, { method }: Asked, body: Uint8Array | undefined, sending: Sending): Promise<Answered> {
    const begun = this.hasServed ? performance.now() : undefined;
    const exchange = new Exchange(this, method, begun, sending);
    this.#exchange = exchange;
    this.#write(head, body);
    return exchange.answer;
  }

  /** Nobody waits for it: it keeps no process from ending. @param ms That it may serve again. */
  rest(ms: number): void {
    this.#until = performance.now() + ms;
    // TLS tells all that it has taken in, also the end of an answer whose reader has just paused it.
    if (this.#socket.isPaused()) this.#socket.resume();
    this.#socket.unref();
  }

  /** Somebody will. @returns Whether it may serve again. */
  wake(): boolean {
    this.#socket.ref();
    return this.isFresh;
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** We leave, which says nothing of the other end. */
  destroy(): void {
    this.isUnheard = false;
    this.#socket.destroy();
  }

  release(last: AnswerHead | undefined): void {
    this.#exchange = undefined;
    this.hasServed = true;
    // What is not read by now never will be, and stands in the way of another's.
    if (last && this.isSent && this.#socket.writable) this.#home.onRest(this, last);
    else this.destroy();
  }

  #write(head: string, body: Uint8Array | undefined): void {
    const socket = this.#socket;
    if (!body) return void socket.write(head, "latin1");
    if (body.length > SMALL) {
      socket.cork();
      socket.write(head, "latin1");
      socket.write(body);
      return socket.uncork();
    }
    const all = Buffer.allocUnsafe(head.length + body.length);
    all.write(head, "latin1");
    all.set(body, head.length);
    socket.write(all);
  }

  #read(size: number): boolean {
    this.isUnheard = false;
    const exchange = this.#exchange;
    // Nobody has asked.
    if (!exchange) this.destroy();
    else exchange.runInAsyncScope(exchange.read, exchange, INBOX.subarray(0, size));
    return true;
  }

  #close(): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#home.onClose(this);
    exchange?.runInAsyncScope(exchange.close, exchange, this.#failure);
    this.destroy();
  }
}
