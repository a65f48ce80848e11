import type { CallContext } from "../../../context.ts";
import { jsonResponse } from "../../../http/json.ts";
import { pageOf, readPage, toPage } from "../../../http/page.ts";
import { createItemsRequest } from "../../../openai/responses/conversation.ts";
import { readPlain } from "../../../reception/read-plain.ts";
import { askedBy, shownItem } from "../shown.ts";
import { type ItemResource, toResource } from "../state/resource.ts";
import { addItems } from "./append.ts";
import { batchOf, itemNotFound, removeItem } from "./remove-item.ts";
import { conversationsOf, found, itemsOf, type KeptItem } from "./stored-conversation.ts";
import { toldConversation } from "./told.ts";

/** `GET /conversations/{id}/items`, the newest first. Source: OpenAI API reference, "List items". */
export async function listItems(context: CallContext, id: string): Promise<Response> {
  const asked = readPage(context.request, "desc");
  const conversations = await conversationsOf(context);
  const head = await found(conversations, id);
  // Only what the page shows is read.
  const entries = head.batches.flatMap((batch) => batch.items.map((item) => ({ id: item, batch })));
  const page = pageOf(entries, asked);
  const wanted = [...new Set(page.data.map(({ batch }) => batch))];
  const items = new Map((await itemsOf(conversations, head, wanted)).map((item) => [item.id, item]));
  const data = page.data.flatMap((entry) => items.get(entry.id) ?? []).map((item) => told(item, context));
  return jsonResponse({ ...page, data });
}

/** `POST /conversations/{id}/items`. */
export async function createItems(context: CallContext, id: string): Promise<Response> {
  await found(await conversationsOf(context), id);
  const { items } = await readPlain(context, createItemsRequest);
  const data = (await addItems(context, id, items)).map((item) => told(item, context));
  return jsonResponse(toPage(data, false));
}

/** `GET /conversations/{id}/items/{item_id}`. */
export async function retrieveItem(context: CallContext, id: string, item: string): Promise<Response> {
  const conversations = await conversationsOf(context);
  const head = await found(conversations, id);
  const items = await itemsOf(conversations, head, [batchOf(head, item)]);
  const kept = items.find((each) => each.id === item);
  if (!kept) throw itemNotFound(id, item);
  return jsonResponse(told(kept, context));
}

/** `DELETE /conversations/{id}/items/{item_id}`: what it was deleted from is told. */
export async function deleteItem(context: CallContext, id: string, item: string): Promise<Response> {
  return jsonResponse(toldConversation(await removeItem(context, await conversationsOf(context), id, item)));
}

const told = (item: KeptItem, { request }: CallContext): ItemResource =>
  shownItem(toResource(item, item.id), askedBy(request));
