import type { CallContext } from "../context.ts";
import { ownerOf } from "./owner.ts";
import type { Store } from "./store.ts";

/** Kinds of what is kept, each under keys of its own. */
export type Kind = "response" | "input" | "item" | "events" | "conversation" | "chat" | "chats";

/** What a caller keeps of one kind, as JSON. */
export interface Kept<T> {
  get(id: string): Promise<T | undefined>;
  /** Until it is kept. */
  put(id: string, value: T, ttl?: number): Promise<void>;
  /** The same with the value's JSON. */
  putJson(id: string, json: string, ttl?: number): Promise<void>;
  remove(id: string): Promise<void>;
}

/**
 * What the caller keeps of a kind. @throws BedrockOpenAIError 503 from every method where the store cannot be asked.
 */
export async function keptBy<T>(
  context: Pick<CallContext, "apiKey" | "caller">,
  store: Store,
  kind: Kind,
): Promise<Kept<T>> {
  const owner = await ownerOf(context);
  const keyOf = (id: string): string => `bedrock-openai:${owner}:${kind}:${id}`;
  const putJson = (id: string, json: string, ttl?: number): Promise<void> => store.set(keyOf(id), json, ttl);
  return {
    async get(id) {
      const text = isId(id) ? await store.get(keyOf(id)) : undefined;
      return text === undefined ? undefined : parsed<T>(text, kind);
    },
    put: (id, value, ttl) => putJson(id, JSON.stringify(value), ttl),
    putJson,
    async remove(id) {
      if (isId(id)) await store.delete(keyOf(id));
    },
  };
}

/** Stores bound their keys, and some take no spaces: what is none of our ids is not looked for. */
const isId = (id: string): boolean => /^[\x21-\x7e]{1,128}$/.test(id);

function parsed<T>(text: string, kind: Kind): T {
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new Error(`What the store has as ${kind} is not what was kept.`, { cause });
  }
}
