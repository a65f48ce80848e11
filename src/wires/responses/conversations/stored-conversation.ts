import type { CallContext } from "../../../context.ts";
import { BedrockOpenAIError } from "../../../errors.ts";
import type { InputItem } from "../../../openai/responses/items.ts";
import type { Metadata } from "../../../openai/metadata.ts";
import { type Kept, keptBy } from "../../../store/kept.ts";
import type { Store } from "../../../store/store.ts";
import { storeOf } from "../../../store/store-of.ts";

/** A conversation as it is kept: what it is made of, and where its items are. */
export interface StoredConversation {
  id: string;
  /** Unix seconds. */
  created_at: number;
  metadata: Metadata;
  /** Oldest first. */
  batches: readonly Batch[];
}

/** Items that were added together, kept together, so that a conversation is never written whole again. */
export interface Batch {
  id: string;
  /** Of the items that are still part of the conversation. */
  items: readonly string[];
  /** Characters of them as JSON. */
  size: number;
  /** Unix seconds: when they were kept last. */
  at: number;
}

/** An item of a conversation, which always has an id. */
export type KeptItem = InputItem & { id: string };

/** The caller's conversations. Every method throws a 503 where the store cannot be asked. */
export interface Conversations {
  store: Store;
  heads: Kept<StoredConversation>;
  batches: Kept<readonly KeptItem[]>;
}

/** @throws BedrockOpenAIError 404 where the operator keeps nothing. */
export async function conversationsOf(context: CallContext): Promise<Conversations> {
  const store = storeOf(context);
  return {
    store,
    heads: await keptBy(context, store, "conversation"),
    batches: await keptBy(context, store, "conversation"),
  };
}

/** Under which a batch stands. */
export const batchKey = (conversation: string, batch: string): string => `${conversation}:${batch}`;

/** To everyone but its owner a conversation is not there. */
export const conversationNotFound = (id: string): BedrockOpenAIError =>
  new BedrockOpenAIError(404, `Conversation with id '${id.slice(0, 200)}' not found.`, {
    type: "invalid_request_error",
  });

/** @throws BedrockOpenAIError 404 where the caller has none of that id. */
export async function found({ heads }: Conversations, id: string): Promise<StoredConversation> {
  // The key of a batch is no conversation's.
  const head = id.includes(":") ? undefined : await heads.get(id);
  if (head) return head;
  throw conversationNotFound(id);
}

/** The items of batches, in their order. @throws BedrockOpenAIError 404 where a part was forgotten: half of it would be another. */
export async function itemsOf(
  { batches }: Conversations,
  { id }: StoredConversation,
  wanted: readonly Batch[],
): Promise<KeptItem[]> {
  const read = await Promise.all(wanted.map((batch) => batches.get(batchKey(id, batch.id))));
  return read.flatMap((items, index) => {
    if (!items) throw conversationNotFound(id);
    const present = new Set(wanted[index]!.items);
    return items.filter((item) => present.has(item.id));
  });
}
