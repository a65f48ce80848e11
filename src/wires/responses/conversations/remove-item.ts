import type { CallContext } from "../../../context.ts";
import { BedrockOpenAIError } from "../../../errors.ts";
import { inTurn } from "../../../store/in-turn.ts";
import { batchTtl, save, turnOf } from "./change.ts";
import {
  type Batch,
  batchKey,
  type Conversations,
  found,
  itemsOf,
  type StoredConversation,
} from "./stored-conversation.ts";

/**
 * Takes an item out of a conversation: first it is forgotten, then it is no part of it any more. Where it goes wrong between the
 * two, who tries again can. A batch of which nothing is left stays, and is as good as none.
 * @throws BedrockOpenAIError 404 where it is not there; 503.
 */
export async function removeItem(
  context: CallContext,
  conversations: Conversations,
  id: string,
  item: string,
): Promise<StoredConversation> {
  return inTurn(conversations.store, turnOf(id), async () => {
    const head = await found(conversations, id);
    const batch = batchOf(head, item);
    const left = (await itemsOf(conversations, head, [batch])).filter((each) => each.id !== item);
    const json = JSON.stringify(left);
    const changed = { ...batch, items: left.map((each) => each.id), size: json.length };
    await conversations.batches.putJson(batchKey(id, batch.id), json, batchTtl(context.options));
    const batches = head.batches.map((each) => (each === batch ? changed : each));
    return save(context, conversations, { ...head, batches });
  });
}

/** @throws BedrockOpenAIError 404 where it is in none. */
export function batchOf({ id, batches }: StoredConversation, item: string): Batch {
  const batch = batches.find(({ items }) => items.includes(item));
  if (batch) return batch;
  throw itemNotFound(id, item);
}

/** An item that is part of no conversation of that id. */
export const itemNotFound = (id: string, item: string): BedrockOpenAIError =>
  new BedrockOpenAIError(
    404,
    `Item with id '${item.slice(0, 200)}' not found in the conversation with id '${id}'.`,
    { type: "invalid_request_error" },
  );
