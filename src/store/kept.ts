import type { CallContext } from "../context.ts";
import { ownerOf } from "./owner.ts";
import type { Store } from "./store.ts";

/** Kinds of what is kept, each under keys of its own. */
export type Kind = "response" | "item" | "events" | "conversation" | "chat" | "chats";

/** What a caller keeps of one kind, as JSON. */
export interface Kept<T> {
  get(id: string): Promise<T | undefined>;
  /** Until it is kept. */
  put(id: string, value: T, ttl?: number): Promise<void>;
  remove(id: string): Promise<void>;
}

/**
 * What the caller keeps of a kind. @throws BedrockOpenAIError 503 from every method where the store cannot be asked.
 */
export async function keptBy<T>(context: CallContext, store: Store, kind: Kind): Promise<Kept<T>> {
  const owner = await ownerOf(context);
  const keyOf = (id: string): string => `bedrock-openai:${owner}:${kind}:${id}`;
  return {
    async get(id) {
      const text = await store.get(keyOf(id));
      return text === undefined ? undefined : (JSON.parse(text) as T);
    },
    put: (id, value, ttl) => store.set(keyOf(id), JSON.stringify(value), ttl),
    remove: (id) => store.delete(keyOf(id)),
  };
}
