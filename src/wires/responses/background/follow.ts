import type { CallContext } from "../../../context.ts";
import { isEnd } from "../../../openai/responses/events.ts";
import { keptBy } from "../../../store/kept.ts";
import type { Store } from "../../../store/store.ts";
import { found } from "../state/found.ts";
import { endEvents } from "./ends.ts";
import { type Batch, batchId } from "./event-log.ts";
import { openRun } from "./open-runs.ts";
import { pause } from "./pause.ts";
import { isAtWork, settled } from "./settled.ts";
import { toldAgain } from "./told-again.ts";

/** How often a log is read of which another process writes, in milliseconds. */
const READ_EVERY_MS = 250;

export interface Following {
  /** The number of the last event that is known; -1 for none. */
  after: number;
  /** Ends it early. */
  signal: AbortSignal;
}

/**
 * The events of a response behind a number: those that are kept, then those that follow, up to its end. Where no log is kept they
 * are told from the response; who has read some of another telling then gets the end alone.
 * @throws BedrockOpenAIError 404 where the response is deleted meanwhile; 503. The signal's reason.
 */
export async function* follow(
  context: CallContext,
  store: Store,
  id: string,
  { after, signal }: Following,
): AsyncGenerator<Batch, void, undefined> {
  const batches = await keptBy<Batch>(context, store, "events");
  let next = 0;
  for (let index = 0; !signal.aborted;) {
    let batch = await batches.get(batchId(id, index));
    if (!batch && !(await isAtWork(context, store, id))) {
      // Its last events may have been kept between the two looks.
      batch = await batches.get(batchId(id, index));
      if (!batch) return yield* rest(context, id, { next, after });
    }
    if (!batch) {
      await news(context, id, signal);
      continue;
    }
    index += 1;
    next = batch.first + batch.events.length;
    if (next > after + 1) yield behind(batch, after);
    if (batch.events.some(isEnd)) return;
  }
  throw signal.reason;
}

function behind({ first, events }: Batch, after: number): Batch {
  const known = Math.max(0, after + 1 - first);
  return { first: first + known, events: events.slice(known) };
}

/** Until there may be more of the log, or nobody waits for it. */
async function news(context: CallContext, id: string, signal: AbortSignal): Promise<void> {
  const followers = (await openRun(context, id))?.followers;
  const { over, wake } = pause(READ_EVERY_MS);
  followers?.add(wake);
  signal.addEventListener("abort", wake, { once: true });
  await over;
  signal.removeEventListener("abort", wake);
  followers?.delete(wake);
}

/** What is told of a response that nobody works at and whose log has no end. */
async function* rest(
  context: CallContext,
  id: string,
  { next, after }: { next: number; after: number },
): AsyncGenerator<Batch, void, undefined> {
  const { stored } = await found(context, id);
  const { response } = await settled(context, stored);
  const end = endEvents(response);
  const knowsNothing = next === 0 && after < 0;
  yield knowsNothing
    ? { first: 0, events: toldAgain(response, end) }
    : { first: Math.max(next, after + 1), events: end };
}
