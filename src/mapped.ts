import { ASK, type Askable, askable, type Asker, promised } from "./asked.ts";
import { keepShape } from "./keep-shape.ts";

/** What becomes of what another iterator tells. All of it happens in the turn in which that arrives. */
export interface Steps<From, To> {
  /** Throws what a piece has left behind, before more is asked for. */
  before?(): void;
  /** Undefined where there is nothing to tell of it. */
  piece(value: From): To | undefined;
  /** What is left to say after the last one. */
  last?(): To | undefined;
  /** What is told in the place of a failure, as the last piece. @throws Where that is nothing. */
  failed?(thrown: unknown): To;
  /** It is over: told to the end, failed, or left by its reader. Runs once. */
  end?(): void;
}

export type Mapped<T> = AsyncIterableIterator<T, undefined, undefined>;

/**
 * An iterator for what comes thousands of times: an async generator would wait twice more for each piece, and one over another
 * passes it on without waiting at all. Leaving it leaves the other one, also while that is being waited for.
 */
export const mapped = <From, To>(
  from: AsyncIterator<From, unknown, undefined>,
  steps: Steps<From, To>,
): Mapped<To> => new MappedIterator(from, steps);

class MappedIterator<From, To> implements Mapped<To>, Askable<To>, Asker<From> {
  readonly #from: AsyncIterator<From, unknown, undefined>;
  readonly #steps: Steps<From, To>;
  #source: Askable<From>;
  #asker: Asker<To> | undefined;
  #asks = true;
  #isOpen = true;
  #isLeft = false;
  #isOver = false;

  constructor(from: AsyncIterator<From, unknown, undefined>, steps: Steps<From, To>) {
    this.#from = from;
    this.#source = askable(from);
    this.#steps = steps;
  }

  next(): Promise<IteratorResult<To, undefined>> {
    return promised<To, undefined>(this);
  }

  [ASK](asker: Asker<To>): this {
    if (this.#asks) {
      this.#asker = asker;
      this.#askOn();
    } else this.#tellEnd(asker);
    return this;
  }

  async return(): Promise<IteratorResult<To, undefined>> {
    this.#isLeft = true;
    const left = this.#leave();
    this.#finish();
    await left;
    return END;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  told(result: IteratorResult<From, unknown>): void {
    if (this.#isLeft) return this.#answer(END);
    let answer: IteratorResult<To, undefined> | undefined;
    try {
      answer = result.done ? this.#ended() : this.#piece(result.value);
    } catch (thrown) {
      return this.#breakOff(thrown);
    }
    if (answer) this.#answer(answer);
    else this.#askOn();
  }

  failed(thrown: unknown): void {
    if (this.#isLeft) return this.#answer(END);
    this.#isOpen = false;
    this.#fail(thrown);
  }

  /** Who asked before it was left may wait for an answer yet. */
  #tellEnd(asker: Asker<To>): void {
    try {
      this.#finish();
    } catch (thrown) {
      return asker.failed(thrown);
    }
    asker.told(END);
  }

  #askOn(): void {
    try {
      this.#steps.before?.();
    } catch (thrown) {
      return this.#breakOff(thrown);
    }
    this.#source = this.#source[ASK](this);
  }

  #piece(value: From): IteratorResult<To, undefined> | undefined {
    const more = this.#steps.piece(value);
    return more === undefined ? undefined : { done: false, value: more };
  }

  #ended(): IteratorResult<To, undefined> {
    this.#asks = this.#isOpen = false;
    return this.#lastly(this.#steps.last?.());
  }

  #lastly(value: To | undefined): IteratorResult<To, undefined> {
    return value === undefined ? this.#finish() : { done: false, value };
  }

  #answer(result: IteratorResult<To, undefined>): void {
    const asker = this.#asker;
    this.#asker = undefined;
    asker?.told(result);
  }

  /** The failure is our own: the other one is left first. */
  #breakOff(thrown: unknown): void {
    void this.#leave()
      .catch(() => undefined)
      .then(() => this.#fail(thrown));
  }

  #fail(thrown: unknown): void {
    this.#asks = false;
    let last: IteratorResult<To, undefined>;
    try {
      if (!this.#steps.failed) throw thrown;
      last = this.#lastly(this.#steps.failed(thrown));
    } catch (error) {
      return this.#refuse(error);
    }
    this.#answer(last);
  }

  #refuse(thrown: unknown): void {
    const asker = this.#asker;
    this.#asker = undefined;
    try {
      this.#finish();
    } catch (error) {
      return asker?.failed(error);
    }
    asker?.failed(thrown);
  }

  async #leave(): Promise<void> {
    if (this.#isOpen) await this.#from.return?.();
    this.#isOpen = false;
  }

  #finish(): typeof END {
    this.#asks = false;
    if (!this.#isOver) {
      this.#isOver = true;
      this.#steps.end?.();
    }
    return END;
  }
}

const END: IteratorReturnResult<undefined> = { done: true, value: undefined };

keepShape(mapped({ next: () => Promise.resolve(END) }, { piece: () => undefined }));
