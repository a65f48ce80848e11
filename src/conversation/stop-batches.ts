import { createEventCutter } from "./stop-events.ts";
import type { ConverseStreamEvent } from "./types.ts";

/**
 * A stream that ends before the first of the stop sequences. There it is left, so that the model writes no more than is
 * read; or it is read on in silence, for what AWS says last.
 * @param readsOn Usage, or what a guardrail did, is waited for.
 * @throws What the stream throws, unless the answer was complete before.
 */
export async function* cutBatches(
  batches: AsyncIterable<ConverseStreamEvent[]>,
  stopAt: readonly string[],
  readsOn: boolean,
): AsyncGenerator<ConverseStreamEvent[]> {
  const cutter = createEventCutter(stopAt);
  let failure: { thrown: unknown } | undefined;
  let last: ConverseStreamEvent[] = [];
  try {
    for await (const batch of batches) {
      const events = batch.flatMap(cutter.push);
      if (cutter.isCut() && !readsOn) {
        last = events;
        break;
      }
      if (events.length > 0) yield events;
    }
  } catch (thrown) {
    failure = { thrown };
  }
  const rest = [...last, ...cutter.end()];
  if (rest.length > 0) yield rest;
  if (failure && !cutter.isCut()) throw failure.thrown;
}
