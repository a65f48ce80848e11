import { createEventCutter } from "./stop-events.ts";
import type { ConverseStreamEvent } from "./types.ts";

export interface CutOptions {
  /** Usage is waited for. */
  readsOn: boolean;
  /** A guardrail has the last word. */
  judged: boolean;
}

/**
 * A stream that ends before the first of the stop sequences. There it is left, so that the model writes no more than is
 * read; or it is read on in silence, for what AWS says last.
 * @throws What the stream throws, unless the answer was complete before.
 */
export async function* cutBatches(
  batches: AsyncIterable<ConverseStreamEvent[]>,
  stopAt: readonly string[],
  { readsOn, judged }: CutOptions,
): AsyncGenerator<ConverseStreamEvent[]> {
  const cutter = createEventCutter(stopAt);
  let failure: { thrown: unknown } | undefined;
  let last: ConverseStreamEvent[] = [];
  try {
    for await (const batch of batches) {
      const events = batch.flatMap(cutter.push);
      if (cutter.isCut() && !readsOn && !judged) {
        last = events;
        break;
      }
      if (events.length > 0) yield events;
    }
  } catch (thrown) {
    // A guardrail may have had more to say of it than nothing.
    if (judged && cutter.isCut()) throw thrown;
    failure = { thrown };
  }
  const rest = [...last, ...cutter.end()];
  if (rest.length > 0) yield rest;
  if (failure && !cutter.isCut()) throw failure.thrown;
}
