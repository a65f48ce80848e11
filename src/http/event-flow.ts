import { ASK, type Askable, askable, type Asker } from "../asked.ts";
import { unref } from "./unref.ts";
import { UNREAD_MS, unread } from "./unread.ts";

/** Comments are the only keep-alive that every OpenAI client ignores (contract §C). */
const PING = ": keep-alive\n\n";
const PING_EVERY_MS = 15_000;
const FIRST_PING_MS = 50;

/** Where an event stream goes: its pieces, then its end or its failure. */
export interface Outlet {
  /** Whether it takes a piece now. When it does again, it asks for `more()`. */
  isFree(): boolean;
  write(text: string): void;
  end(): void;
  fail(error: unknown): void;
}

type Frames = AsyncIterator<string, unknown, undefined>;

/** A piece, or that there are no more. */
type Arrival = IteratorResult<string, unknown> | { error: unknown };

/**
 * Ready-made SSE text on its way out, one piece ahead of its outlet: a slow reader slows Bedrock down. It is pinged while
 * the model thinks, and left where nobody has read anything for 15 minutes.
 */
export class EventFlow implements Asker<string> {
  readonly #frames: Frames;
  #source: Askable<string>;
  readonly #onCancel: (reason: unknown) => void;
  readonly #pingEvery: number;
  #outlet: Outlet | undefined;
  /** What has arrived, until the outlet takes it. */
  #next: Arrival | undefined;
  #isOver = false;
  #lastWrite = performance.now();
  /** Nothing was said in time to send the headers on their way; not known at first. */
  #owesPing: boolean | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param onCancel Runs when the reader leaves before the end, or has read nothing for 15 minutes.
   * @param pingEvery How long a silence may last, in milliseconds.
   */
  constructor(frames: Frames, onCancel: (reason: unknown) => void, pingEvery = PING_EVERY_MS) {
    this.#frames = frames;
    this.#source = askable(frames);
    this.#onCancel = onCancel;
    this.#pingEvery = pingEvery;
    this.#begin();
  }

  /** Begins to write, into one outlet once. */
  into(outlet: Outlet): void {
    if (this.#outlet) throw new TypeError("This event stream is read already.");
    this.#outlet = outlet;
    this.more();
    if (this.#owesPing) this.#ping();
  }

  get isRead(): boolean {
    return this.#outlet !== undefined;
  }

  /** The outlet is free. */
  more(): void {
    const outlet = this.#outlet;
    const arrival = this.#next;
    if (!arrival || !outlet?.isFree()) return;
    this.#next = undefined;
    if (!("error" in arrival) && !arrival.done) {
      this.#write(arrival.value);
      return this.#ask();
    }
    this.#stop();
    if ("error" in arrival) outlet.fail(arrival.error);
    else outlet.end();
  }

  /** The reader leaves. After the end that means nothing. */
  leave(reason?: unknown): void {
    if (this.#isOver) return;
    this.#stop();
    this.#onCancel(reason);
    // Lets whoever waits at a `yield` tidy up; what it still throws has no reader.
    void this.#frames.return?.().catch(() => undefined);
  }

  #begin(): void {
    // Soon the first time: it sends the headers on their way while the model has yet to speak.
    this.#watchIn(FIRST_PING_MS, () => {
      this.#owesPing ??= true;
      this.#look();
    });
    this.#ask();
  }

  #ask(): void {
    if (!this.#isOver) this.#source = this.#source[ASK](this);
  }

  told(arrival: Arrival): void {
    if (this.#isOver) return;
    this.#next = arrival;
    this.more();
  }

  failed(error: unknown): void {
    this.told({ error });
  }

  #write(text: string): void {
    this.#lastWrite = performance.now();
    this.#owesPing = false;
    try {
      this.#outlet?.write(text);
    } catch (error) {
      this.leave(error);
      this.#outlet?.fail(error);
    }
  }

  #ping(): void {
    if (!this.#isOver && this.#outlet?.isFree()) this.#write(PING);
  }

  /** Looks again when the silence could have become too long; an answer that flows costs no timer per piece. */
  readonly #look = (): void => {
    const silence = performance.now() - this.#lastWrite;
    if (silence >= UNREAD_MS && !this.#outlet?.isFree()) return this.#giveUp();
    if (silence >= this.#pingEvery || this.#owesPing) this.#ping();
    const left = this.#pingEvery - (performance.now() - this.#lastWrite);
    this.#watchIn(Math.max(this.#pingEvery / 15, left), this.#look);
  };

  #watchIn(ms: number, look: () => void): void {
    // A response that nobody reads must not keep a process alive.
    this.#timer = unref(setTimeout(look, ms));
  }

  #giveUp(): void {
    const reason = unread();
    this.leave(reason);
    if (this.#outlet) this.#outlet.fail(reason);
    else this.#next = { error: reason };
  }

  #stop(): void {
    this.#isOver = true;
    this.#next = undefined;
    clearTimeout(this.#timer);
  }
}
