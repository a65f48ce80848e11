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
 * An iterator for what comes thousands of times: an async generator would wait twice more for each piece. Leaving it leaves the
 * other one, also while that is being waited for.
 */
export function mapped<From, To>(
  from: AsyncIterator<From, unknown, undefined>,
  { before, piece, last, failed, end }: Steps<From, To>,
): Mapped<To> {
  let asks = true;
  let isOpen = true;
  let isLeft = false;
  let isOver = false;

  const finish = (): typeof END => {
    asks = false;
    if (!isOver) {
      isOver = true;
      end?.();
    }
    return END;
  };
  const leave = async (): Promise<void> => {
    if (isOpen) await from.return?.();
    isOpen = false;
  };
  const told = (value: To | undefined): IteratorResult<To, undefined> =>
    value === undefined ? finish() : { done: false, value };

  const fail = (thrown: unknown): IteratorResult<To, undefined> => {
    asks = false;
    try {
      if (failed) return told(failed(thrown));
      throw thrown;
    } catch (error) {
      finish();
      throw error;
    }
  };

  return {
    async next() {
      if (!asks) return finish();
      let isAsked = false;
      try {
        for (;;) {
          before?.();
          isAsked = true;
          const { done, value } = await from.next();
          isAsked = false;
          if (isLeft) return END;
          if (done) {
            asks = isOpen = false;
            return told(last?.());
          }
          const more = piece(value as From);
          if (more !== undefined) return { done: false, value: more };
        }
      } catch (thrown) {
        if (isLeft) return END;
        if (isAsked) isOpen = false;
        await leave().catch(() => undefined);
        return fail(thrown);
      }
    },
    async return() {
      isLeft = true;
      const left = leave();
      finish();
      await left;
      return END;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

const END: IteratorReturnResult<undefined> = { done: true, value: undefined };
