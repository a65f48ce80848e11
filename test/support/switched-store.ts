import type { KeyValueStore } from "../../src/store/key-value-store.ts";

/** A store in this process that can be seen into, and that goes down when it is told to. */
export interface SwitchedStore extends KeyValueStore {
  readonly values: Map<string, string>;
  /** Which operations fail; none by default. */
  fails: (operation: "get" | "set" | "delete", key: string) => boolean;
}

export function createSwitchedStore(): SwitchedStore {
  const values = new Map<string, string>();
  const store: SwitchedStore = {
    values,
    fails: () => false,
    get: async (key) => asked("get", key) && values.get(key),
    async set(key, value) {
      asked("set", key);
      values.set(key, value);
    },
    delete: async (key) => asked("delete", key) && values.delete(key),
  };
  const asked = (operation: "get" | "set" | "delete", key: string): true => {
    if (store.fails(operation, key)) throw new Error("the store is down");
    return true;
  };
  return store;
}
