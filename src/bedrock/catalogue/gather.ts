import { Watch } from "../courier/watch.ts";
import type { Found } from "./found.ts";
import type { Source } from "./source.ts";

/** A list that AWS did not give. */
export interface Failure {
  action: string;
  error: unknown;
}

export interface Gathered {
  /** What each source told, in their order; of one that failed, what it told before. */
  told: ReadonlyMap<Source, readonly Found[]>;
  failures: readonly Failure[];
}

/** Asks all sources at once, each no longer than `patience` milliseconds. */
export async function gather(
  sources: readonly Source[],
  before: Gathered["told"],
  patience: number,
): Promise<Gathered> {
  const outcomes = await Promise.allSettled(sources.map((source) => askWithin(source, patience)));
  const told = new Map<Source, readonly Found[]>();
  const failures: Failure[] = [];
  for (const [index, source] of sources.entries()) {
    const outcome = outcomes[index]!;
    const known = outcome.status === "fulfilled" ? outcome.value : before.get(source);
    if (known) told.set(source, known);
    if (outcome.status === "rejected") failures.push({ action: source.action, error: outcome.reason });
  }
  return { told, failures };
}

/** Raced as well: the SDK does not stop looking for credentials when the signal fires. */
async function askWithin(source: Source, patience: number): Promise<Found[]> {
  const watch = new Watch(new AbortController().signal);
  watch.expect(patience);
  try {
    return await watch.race(source.ask(watch.signal));
  } catch (error) {
    throw watch.reason(error);
  } finally {
    watch.end();
  }
}
