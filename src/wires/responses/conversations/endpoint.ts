import type { CallContext } from "../../../context.ts";
import { jsonResponse } from "../../../http/json.ts";
import { metadataUpdate } from "../../../openai/metadata.ts";
import { createConversationRequest } from "../../../openai/responses/conversation.ts";
import { readPlain } from "../../../reception/read-plain.ts";
import { inTurn } from "../../../store/in-turn.ts";
import { own } from "./append.ts";
import { changed, save, turnOf, withItems } from "./change.ts";
import { batchKey, conversationsOf, found } from "./stored-conversation.ts";
import { toldConversation } from "./told.ts";

/** `POST /conversations`. Source: OpenAI API reference, "Create a conversation". */
export async function createConversation(context: CallContext): Promise<Response> {
  const conversations = await conversationsOf(context);
  const { metadata, items } = await readPlain(context, createConversationRequest);
  const id = context.newId("conv_");
  const given = await own(context, items ?? []);
  const empty = { id, created_at: context.now(), metadata: metadata ?? {}, batches: [] };
  const batches = await withItems(context, conversations, empty, given);
  return jsonResponse(toldConversation(await save(context, conversations, { ...empty, batches })));
}

/** `GET /conversations/{id}`. */
export async function retrieveConversation(context: CallContext, id: string): Promise<Response> {
  return jsonResponse(toldConversation(await found(await conversationsOf(context), id)));
}

/** `POST /conversations/{id}`: its metadata is replaced. */
export async function updateConversation(context: CallContext, id: string): Promise<Response> {
  const conversations = await conversationsOf(context);
  await found(conversations, id);
  const { metadata } = await readPlain(context, metadataUpdate);
  const head = await changed(context, conversations, id, (known) => ({ ...known, metadata: metadata ?? {} }));
  return jsonResponse(toldConversation(head));
}

/** `DELETE /conversations/{id}`, its items with it: without it nobody could read them. */
export async function deleteConversation(context: CallContext, id: string): Promise<Response> {
  const conversations = await conversationsOf(context);
  await inTurn(conversations.store, turnOf(id), async () => {
    const { batches } = await found(conversations, id);
    await Promise.all(batches.map((batch) => conversations.batches.remove(batchKey(id, batch.id))));
    // Last what leads to the rest: where it goes wrong on the way, who tries again can.
    await conversations.heads.remove(id);
  });
  return jsonResponse({ id, object: "conversation.deleted", deleted: true });
}
