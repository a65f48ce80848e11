import type { KeyValueStore, MemoryBounds } from "./key-value-store.ts";

/** Keeps texts in this process, within bounds. */
export function createMemoryStore({ maxBytes }: MemoryBounds): KeyValueStore {
  const kept = new Map<string, { value: string; until: number }>();
  let bytes = 0;
  const forget = (key: string): boolean => {
    const found = kept.get(key);
    if (found) bytes -= 2 * (key.length + found.value.length);
    return kept.delete(key);
  };
  return {
    async get(key) {
      const found = kept.get(key);
      if (!found) return undefined;
      if (found.until > Date.now()) return found.value;
      forget(key);
      return undefined;
    },
    async set(key, value, ttl = Number.POSITIVE_INFINITY) {
      forget(key);
      kept.set(key, { value, until: Date.now() + ttl });
      bytes += 2 * (key.length + value.length);
      for (const oldest of kept.keys()) {
        if (bytes <= maxBytes) break;
        forget(oldest);
      }
    },
    async delete(key) {
      return forget(key);
    },
  };
}
