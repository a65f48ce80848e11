import type { Store } from "./store.ts";

/** Who has the turn at a key, by engine: each process has its own turns, also where several of its handlers keep by the same. */
const turns = new WeakMap<object, Map<string, Promise<unknown>>>();

/**
 * Work that reads what is kept, changes it and keeps it again, one after the other for a key of a store, so that none of it is
 * lost. Stores know no transactions in common: two processes at the same moment may still overwrite each other.
 */
export async function inTurn<T>(
  { engine }: Pick<Store, "engine">,
  key: string,
  work: () => Promise<T>,
): Promise<T> {
  const waiting = turns.get(engine) ?? new Map<string, Promise<unknown>>();
  turns.set(engine, waiting);
  const before = waiting.get(key);
  const own = before ? before.then(work, work) : work();
  waiting.set(key, own);
  try {
    return await own;
  } finally {
    if (waiting.get(key) === own) waiting.delete(key);
  }
}
