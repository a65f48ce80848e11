import type { CallContext } from "../../../context.ts";
import { inTurn } from "../../../store/in-turn.ts";
import {
  type Batch,
  batchKey,
  conversationNotFound,
  type Conversations,
  found,
  itemsOf,
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
  { now, options }: CallContext,
  { batches }: Conversations,
  id: string,
  batch: Batch,
): Promise<Batch> {
  const key = batchKey(id, batch.id);
  const items = await batches.get(key);
  if (!items) throw conversationNotFound(id);
  await batches.put(key, items, batchTtl(options));
  return { ...batch, at: now() };
}

/** What is not renewed yet lives on for as long as its conversation does. */
export const batchTtl = ({ storeTtl }: CallContext["options"]): number => Math.ceil(storeTtl * 1.5);

/** What is smaller goes on with the next items: whoever reads a conversation asks for every batch. */
const FULL = { chars: 32 * 1024, items: 50 };

const isFull = ({ size, items }: Batch): boolean => size >= FULL.chars || items.length >= FULL.items;

/** The batches of a conversation with more items behind them, which are kept, but part of it only when that is saved. */
export async function withItems(
  { newId, now, options }: CallContext,
  conversations: Conversations,
  head: StoredConversation,
  items: readonly KeptItem[],
): Promise<readonly Batch[]> {
  if (items.length === 0) return head.batches;
  const last = head.batches.at(-1);
  const goesOn = last !== undefined && !isFull(last) ? last : undefined;
  const all = goesOn ? [...(await itemsOf(conversations, head, [goesOn])), ...items] : items;
  const id = goesOn?.id ?? newId("");
  const json = JSON.stringify(all);
  await conversations.batches.putJson(batchKey(head.id, id), json, batchTtl(options));
  const batch = { id, items: all.map((item) => item.id), size: json.length, at: now() };
  return [...(goesOn ? head.batches.slice(0, -1) : head.batches), batch];
}
