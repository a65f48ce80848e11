import type { CallContext } from "../../../context.ts";
import { inTurn } from "../../../store/in-turn.ts";
import {
  type Batch,
  batchKey,
  conversationNotFound,
  type Conversations,
  found,
  type KeptItem,
  type StoredConversation,
} from "./stored-conversation.ts";

/** All changes of one conversation have their turns together. */
export const turnOf = (id: string): string => `conversation:${id}`;

/**
 * Changes what is kept of a conversation, one change after the other within this process.
 * @param change What it is to be from now on.
 * @throws BedrockOpenAIError 404 where the caller has none of that id.
 */
export function changed(
  context: CallContext,
  conversations: Conversations,
  id: string,
  change: (head: StoredConversation) => Promise<StoredConversation> | StoredConversation,
): Promise<StoredConversation> {
  return inTurn(conversations.store, turnOf(id), async () => {
    const next = await change(await found(conversations, id));
    return save(context, conversations, next);
  });
}

/** Until it is kept. A conversation that goes on is kept as a whole, so that no part of it is forgotten before the others. */
export async function save(
  context: CallContext,
  conversations: Conversations,
  head: StoredConversation,
): Promise<StoredConversation> {
  const oldest = context.now() - context.options.storeTtl / 2000;
  const batches = await Promise.all(
    head.batches.map((batch) =>
      batch.at < oldest ? renewed(context, conversations, head.id, batch) : batch,
    ),
  );
  const saved = { ...head, batches };
  await conversations.heads.put(head.id, saved);
  return saved;
}

async function renewed(
  { now }: CallContext,
  { batches }: Conversations,
  id: string,
  batch: Batch,
): Promise<Batch> {
  const key = batchKey(id, batch.id);
  const items = await batches.get(key);
  if (!items) throw conversationNotFound(id);
  await batches.put(key, items);
  return { ...batch, at: now() };
}

/** Items as a batch that is kept, but part of no conversation yet. */
export async function newBatch(
  { newId, now }: CallContext,
  { batches }: Conversations,
  conversation: string,
  items: readonly KeptItem[],
): Promise<Batch[]> {
  if (items.length === 0) return [];
  const id = newId("");
  const json = JSON.stringify(items);
  await batches.putJson(batchKey(conversation, id), json);
  return [{ id, items: items.map((item) => item.id), size: json.length, at: now() }];
}
