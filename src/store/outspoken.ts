import type { KeyValueStore } from "./key-value-store.ts";

const heard = new WeakSet<object>();

/**
 * A store that tells its failures to who asks it. Keyv and @keyv/redis keep them to themselves unless they are told to throw: a
 * `get` without a connection says that there is nothing, and a `set` that it went well. Source: keyv 5 and @keyv/redis 5,
 * `throwOnErrors`.
 */
export function outspoken(store: KeyValueStore): KeyValueStore {
  for (const each of [store, "store" in store ? store.store : undefined]) {
    if (keepsQuiet(each)) each.throwOnErrors = true;
  }
  // Adapters also emit what went wrong between two calls, and what is an EventEmitter ends the process where nobody listens.
  if (isEmitter(store) && !heard.has(store)) {
    heard.add(store);
    store.on("error", () => undefined);
  }
  return store;
}

const keepsQuiet = (value: unknown): value is { throwOnErrors: boolean } =>
  typeof value === "object" && value !== null && "throwOnErrors" in value && value.throwOnErrors === false;

const isEmitter = (value: object): value is { on(event: "error", listener: () => void): unknown } =>
  "on" in value && typeof value.on === "function";
