import { AsyncResource } from "node:async_hooks";
import type { Answer, Sending } from "../asked.ts";
import { abortError, asLost, brokenOff, late } from "../failures.ts";
import { closedAtOnce, markStale } from "../stale.ts";
import type { AnswerHead } from "./answer-head.ts";
import { AnswerReader } from "./answer-reader.ts";
import { Body, type Source } from "./body.ts";

/** An answer whose body is bytes where it came with its head, as most do. */
export type Answered = Answer<Body | Uint8Array>;

/** The connection that an exchange is on, until it is over. */
export interface Line {
  /** Whether the system has taken all that was written. */
  readonly isSent: boolean;
  pause(): void;
  resume(): void;
  destroy(): void;
  /** @param last What is known of the connection by now; undefined where it can serve nobody else. */
  release(last: AnswerHead | undefined): void;
}

const EMPTY = new Uint8Array();

/**
 * A request and its answer. What comes is told in the context of whoever asked: the connection serves many, and was made for
 * another.
 */
export class Exchange extends AsyncResource implements Source {
  readonly answer: Promise<Answered>;
  readonly #reader: AnswerReader;
  readonly #begun: number | undefined;
  readonly #signal: AbortSignal | undefined;
  #line: Line | undefined;
  #isSent = false;
  #hasHeard = false;
  /** Until there is an answer. */
  #waiting: { resolve(answer: Answered): void; reject(error: Error): void } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #body: Body | undefined;

  /**
   * @param method That is asked with.
   * @param begun When it was written to a line that has served before, by `performance.now()`; undefined on a new one.
   */
  constructor(line: Line, method: string, begun: number | undefined, sending: Sending) {
    super("BEDROCK_OPENAI_EXCHANGE");
    const { abortSignal, requestTimeout = 0 } = sending;
    this.#line = line;
    this.#reader = new AnswerReader(method);
    this.#begun = begun;
    this.#signal = abortSignal;
    this.answer = new Promise((resolve, reject) => (this.#waiting = { resolve, reject }));
    abortSignal?.addEventListener("abort", this.#leave, { once: true });
    if (requestTimeout > 0) this.#timer = setTimeout(() => this.#fail(late(requestTimeout)), requestTimeout);
  }

  pause(): void {
    this.#line?.pause();
  }

  resume(): void {
    this.#line?.resume();
  }

  drop(): void {
    this.#end()?.destroy();
  }

  /** The next bytes have come; they are read before anybody is told, and belong to the next one then. */
  read(bytes: Buffer): void {
    this.#hasHeard = true;
    let data: Buffer | undefined;
    try {
      data = this.#reader.push(bytes);
    } catch (error) {
      return this.#fail(error as Error);
    }
    const { head, isOver, hasMore } = this.#reader;
    if (isOver) this.#end()?.release(head?.isKept && !hasMore ? head : undefined);
    if (head && this.#waiting) this.#begin(head, isOver ? (data ?? EMPTY) : undefined);
    if (data) this.#body?.arrive(data);
    if (isOver) this.#body?.finish();
  }

  /** The connection has ended. @param failure What it failed with. */
  close(failure: Error | undefined): void {
    if (!this.#end()) return;
    if (!this.#waiting) {
      return this.#body?.finish(failure ?? (this.#reader.end() ? undefined : brokenOff("within its answer")));
    }
    const reason = failure ?? brokenOff("without an answer");
    if (this.#begun !== undefined && !this.#hasHeard && closedAtOnce(reason, this.#begun)) markStale(reason);
    this.#waiting.reject(asLost(reason));
  }

  #begin({ statusCode, reason, headers }: AnswerHead, whole: Uint8Array | undefined): void {
    clearTimeout(this.#timer);
    const body = whole ?? (this.#body = new Body(this));
    const isSent = (): boolean => this.#sent;
    this.#waiting?.resolve({ response: { statusCode, reason, headers, body, isSent, isUnshared: true } });
    this.#waiting = undefined;
  }

  /** Said by whoever holds the signal, in a context of his own. */
  readonly #leave = (): void => this.runInAsyncScope(this.#fail, this, abortError(this.#signal?.reason));

  #fail(reason: Error): void {
    this.drop();
    if (this.#waiting) this.#waiting.reject(asLost(reason));
    else this.#body?.finish(reason);
  }

  get #sent(): boolean {
    return this.#line?.isSent ?? this.#isSent;
  }

  /** From now on the line is no affair of this one. */
  #end(): Line | undefined {
    const line = this.#line;
    if (!line) return undefined;
    this.#isSent = line.isSent;
    this.#line = undefined;
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener("abort", this.#leave);
    return line;
  }
}
