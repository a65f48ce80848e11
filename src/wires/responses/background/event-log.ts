import type { ResponseEvent } from "../../../openai/responses/events.ts";
import type { Kept } from "../../../store/kept.ts";
import { addMerged } from "./merge.ts";
import { type Pause, pause } from "./pause.ts";
import { persist } from "./persist.ts";

/** Events that are kept together; the first has this number, the others those behind it. */
export interface Batch {
  first: number;
  events: ResponseEvent[];
}

/** The log of a response that is being made: what is told of it is told from here, and is kept before it is told. */
export interface EventLog {
  /** Until the first events are kept; tried once. */
  begin(events: readonly ResponseEvent[]): Promise<void>;
  /** Resolves at once while there is room for what waits to be kept. Rejects where the store has been away for too long. */
  add(event: ResponseEvent): Promise<void>;
  /** Until all of it is kept. */
  flush(): Promise<void>;
  /** Until nothing of it is kept any more, nor will be. */
  forget(): Promise<void>;
}

/** The key of a batch of a response's log. */
export const batchId = (id: string, index: number): string => `${id}:${index}`;

/** A log serves those who come back soon; the response itself is kept for longer. */
const LOG_TTL_MS = 24 * 60 * 60_000;

/** Characters that may wait for the store; a model that is faster waits too. */
const MAX_WAITING = 256 * 1024;

interface LogOptions {
  id: string;
  batches: Kept<Batch>;
  /** How long events are gathered, in milliseconds. */
  every: number;
  /** Runs when more is kept. */
  onKept: () => void;
}

/** A log that is empty, of a response that is about to be promised. */
export function createEventLog({ id, batches, every, onKept }: LogOptions): EventLog {
  let waiting: ResponseEvent[] = [];
  let size = 0;
  let first = 0;
  let index = 0;
  let hurried = 0;
  let gathering: Pause | undefined;
  let pumping: Promise<void> | undefined;
  let failure: { thrown: unknown } | undefined;

  const keep = async (events: ResponseEvent[], attempt: typeof persist): Promise<void> => {
    await attempt(() => batches.put(batchId(id, index), { first, events }, LOG_TTL_MS));
    first += events.length;
    index += 1;
    onKept();
  };
  const pump = async (): Promise<void> => {
    while (waiting.length > 0) {
      const events = waiting;
      waiting = [];
      size = 0;
      await keep(events, persist);
      if (hurried > 0) continue;
      gathering = pause(every);
      await gathering.over;
    }
    pumping = undefined;
  };
  const start = (): void => {
    if (pumping) return;
    pumping = pump();
    // Whoever adds or flushes next meets it.
    pumping.catch((thrown: unknown) => (failure = { thrown }));
  };
  const flush = async (): Promise<void> => {
    if (failure) throw failure.thrown;
    hurried += 1;
    gathering?.wake();
    try {
      start();
      await pumping;
    } finally {
      hurried -= 1;
    }
  };
  return {
    begin: (events) => keep([...events], (attempt) => attempt()),
    async add(event) {
      if (failure) throw failure.thrown;
      addMerged(waiting, event);
      size += "delta" in event && typeof event.delta === "string" ? event.delta.length : 0;
      start();
      if (size > MAX_WAITING) await flush();
    },
    flush,
    async forget() {
      waiting = [];
      // Nobody adds to it any more.
      hurried += 1;
      gathering?.wake();
      await pumping?.catch(() => undefined);
      // The last one too: a store that failed may have taken it.
      for (let each = 0; each <= index; each += 1) await batches.remove(batchId(id, each));
    },
  };
}

/**
 * Batches stand one behind the other, so that the first that is not there is the end. The last one goes first: where it goes wrong
 * on the way, who tries again finds what is left.
 */
export async function forgetLog(batches: Kept<Batch>, id: string): Promise<void> {
  let count = 0;
  while ((await batches.get(batchId(id, count))) !== undefined) count += 1;
  for (let index = count - 1; index >= 0; index -= 1) await batches.remove(batchId(id, index));
}
