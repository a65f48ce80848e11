/**
 * What keeps responses, conversations and stored chat completions: texts under keys. Whatever has these three is one; `Keyv`
 * and its adapters are.
 */
export interface KeyValueStore {
  /** What stands under a key; undefined or null where there is nothing, or no longer. */
  get(key: string): Promise<unknown>;
  /** @param ttl Milliseconds until it may be forgotten. */
  set(key: string, value: string, ttl?: number): Promise<unknown>;
  /** Whether there was something. */
  delete(key: string): Promise<unknown>;
}

/** Bounds of the memory that stands in for a store. */
export interface MemoryBounds {
  /** Of all keys and texts; what was unused longest is forgotten first. */
  maxBytes: number;
}
