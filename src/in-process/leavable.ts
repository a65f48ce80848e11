import type { CallContext } from "../context.ts";

/**
 * Chunks that can be left at any time, also while the next one is waited for: a generator by itself would first wait for
 * AWS.
 * @param signal The caller's. Once it has fired, also what has arrived already is left.
 */
export function leavable<T>(
  chunks: AsyncGenerator<T, void, undefined>,
  { abort, release }: Pick<CallContext, "abort" | "release">,
  signal?: AbortSignal,
): AsyncIterableIterator<T, void, undefined> {
  const leave = async (): Promise<void> => {
    abort(new DOMException("The reader left.", "AbortError"));
    release();
    // What it was waiting for has no reader.
    await chunks.return().catch(() => undefined);
  };
  const leaveBy = async ({ reason }: AbortSignal): Promise<never> => {
    await leave();
    throw reason;
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => (signal?.aborted ? leaveBy(signal) : chunks.next()),
    async return() {
      await leave();
      return { done: true, value: undefined };
    },
  };
}
