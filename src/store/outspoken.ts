import type { KeyValueStore } from "./key-value-store.ts";

/**
 * A store that tells its failures. Keyv and @keyv/redis keep them to themselves unless they are told to throw: a `get` without a
 * connection says that there is nothing, and a `set` that it went well. Source: keyv 5 and @keyv/redis 5, `throwOnErrors`.
 */
export function outspoken(store: KeyValueStore): KeyValueStore {
  for (const each of [store, "store" in store ? store.store : undefined]) {
    if (keepsQuiet(each)) each.throwOnErrors = true;
  }
  return store;
}

const keepsQuiet = (value: unknown): value is { throwOnErrors: boolean } =>
  typeof value === "object" && value !== null && "throwOnErrors" in value && value.throwOnErrors === false;
