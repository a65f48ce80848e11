import type { AsyncCaller } from "@langchain/core/utils/async_caller";
import { named } from "./errors.ts";

/** What the core takes beside a request. */
export interface Bounds {
  signal?: AbortSignal;
}

/** The caller's signal, and the time in milliseconds that a call may take. */
export function signalOf(
  signal: AbortSignal | undefined,
  timeout: number | undefined,
): AbortSignal | undefined {
  if (timeout === undefined) return signal;
  const late = AbortSignal.timeout(timeout);
  return signal ? AbortSignal.any([signal, late]) : late;
}

/**
 * Runs one call in LangChain's queue, which bounds how many run at once (`maxConcurrency`). It never repeats one: the AWS SDK
 * has done so already, and both together would multiply.
 */
export function run<Answer>(
  caller: AsyncCaller,
  call: (bounds: Bounds) => Promise<Answer>,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const bounds = signal ? { signal } : {};
  return caller.callWithOptions(bounds, async () => {
    signal?.throwIfAborted();
    try {
      return await call(bounds);
    } catch (thrown) {
      throw named(thrown);
    }
  });
}
