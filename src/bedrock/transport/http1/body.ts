import { Readable } from "node:stream";
import { ASK, type Askable, type Asker, promised } from "../../../asked.ts";
import { keepShape } from "../../../keep-shape.ts";
import { brokenOff } from "../failures.ts";

/** Where a body comes from. */
export interface Source {
  /** Nothing more is wanted for now. */
  pause(): void;
  resume(): void;
  /** Nothing more is wanted at all. Means nothing once all has come. */
  drop(): void;
}

/** So much may wait for its reader, as in Node's own streams. */
const MOST_WAITING = 64 * 1024;

/**
 * The body of an answer: an iterator that is told of each piece in the turn in which the socket has read it. To the SDK it is a stream
 * of Node's; that is begun only by who reads it.
 */
export class Body extends Readable implements Askable<Uint8Array> {
  readonly #source: Source;
  #waiting: Uint8Array[] = [];
  #size = 0;
  /** From the question until the answer is taken. */
  #asker: Asker<Uint8Array> | undefined;
  #isTelling = false;
  #isPaused = false;
  #isStreamed = false;
  #over: { failure?: Error } | undefined;

  constructor(source: Source) {
    super();
    this.#source = source;
  }

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    return promised<Uint8Array, undefined>(this);
  }

  /** Leaves it: what has not come yet is not waited for. */
  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#leave();
    return { done: true, value: undefined };
  }

  [ASK](asker: Asker<Uint8Array>): this {
    this.#asker = asker;
    if (this.#size > 0 || this.#over) this.#tellSoon();
    this.#resume();
    return this;
  }

  /** The next bytes have come. */
  arrive(bytes: Uint8Array): void {
    if (this.#isStreamed) {
      if (!this.push(bytes)) this.#pause();
      return;
    }
    const asker = this.#asker;
    if (asker && !this.#isTelling) {
      this.#asker = undefined;
      return asker.told({ done: false, value: bytes });
    }
    this.#waiting.push(bytes);
    this.#size += bytes.byteLength;
    if (this.#size >= MOST_WAITING) this.#pause();
  }

  /** All has come, or no more will. */
  finish(failure?: Error): void {
    if (this.#over) return;
    this.#over = failure ? { failure } : {};
    if (this.#isStreamed) this.#endStream(failure);
    else if (this.#asker) this.#tellSoon();
  }

  /** Whoever asks is not told before he has been answered whom to ask next. */
  #tellSoon(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    void SOON.then(this.#tell);
  }

  readonly #tell = (): void => {
    const asker = this.#asker!;
    this.#asker = undefined;
    this.#isTelling = false;
    if (this.#size > 0) asker.told({ done: false, value: this.#takeAll() });
    else if (this.#over?.failure) asker.failed(this.#over.failure);
    else asker.told({ done: true, value: undefined });
  };

  override _read(): void {
    if (this.#isStreamed) return this.#resume();
    this.#isStreamed = true;
    if (this.#size > 0) this.push(this.#takeAll());
    if (this.#over) this.#endStream(this.#over.failure);
    else this.#resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // A failure is told to whoever listens for it, and ends no process, as with Node's own answers.
    this.on("error", () => undefined);
    // Who asks for pieces is not to take for whole what somebody else has cut off.
    this.finish(error ?? brokenOff("within its answer"));
    this.#source.drop();
    done(error);
  }

  #endStream(failure: Error | undefined): void {
    if (failure) this.destroy(failure);
    else this.push(null);
  }

  #leave(): void {
    this.finish();
    this.#source.drop();
  }

  #takeAll(): Uint8Array {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#size = 0;
    return waiting.length === 1 ? waiting[0]! : Buffer.concat(waiting);
  }

  #pause(): void {
    this.#isPaused = true;
    this.#source.pause();
  }

  #resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#source.resume();
  }
}

const SOON = Promise.resolve();

keepShape(new Body({ pause() {}, resume() {}, drop() {} }));
