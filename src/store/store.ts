import type { ResolvedOptions } from "../options.ts";
import { createMemoryStore } from "./memory-store.ts";
import type { KeyValueStore } from "./key-value-store.ts";

/** The operator's store as the house uses it: its failures are ours, in OpenAI's words. */
export interface Store {
  /** @throws BedrockOpenAIError 503 where the store cannot be asked. */
  get(key: string): Promise<string | undefined>;
  /** Until it is kept. @throws BedrockOpenAIError 503 where it is not. */
  set(key: string, value: string, ttl?: number): Promise<void>;
  /** @throws BedrockOpenAIError 503 where the store cannot be asked. */
  delete(key: string): Promise<void>;
}

/** Undefined where the operator keeps nothing. */
export function createStore({
  store,
  storeTtl,
}: Pick<ResolvedOptions, "store" | "storeTtl">): Store | undefined {
  if (store === false) return undefined;
  const keyValues: KeyValueStore =
    store && "get" in store ? store : createMemoryStore(store ?? { maxBytes: 64 * 1024 * 1024 });
  return {
    async get(key) {
      const value = await keyValues.get(key);
      return typeof value === "string" ? value : undefined;
    },
    async set(key, value, ttl = storeTtl) {
      await keyValues.set(key, value, ttl);
    },
    async delete(key) {
      await keyValues.delete(key);
    },
  };
}
