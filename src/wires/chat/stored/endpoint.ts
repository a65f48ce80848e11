import type { CallContext } from "../../../context.ts";
import { jsonResponse } from "../../../http/json.ts";
import { pageOf, readPage } from "../../../http/page.ts";
import { metadataUpdate } from "../../../openai/metadata.ts";
import { readPlain } from "../../../reception/read-plain.ts";
import { inTurn } from "../../../store/in-turn.ts";
import { storeOf } from "../../../store/store-of.ts";
import { pageOfChats } from "./list.ts";
import { toStoredMessage } from "./stored-message.ts";
import { found, messagesOf, storedChats, type StoredChats } from "./stored-chat.ts";

/** All changes of one completion have their turns together. */
const turnOf = (id: string): string => `chat:${id}`;

const chatsOf = (context: CallContext): Promise<StoredChats> => storedChats(context, storeOf(context));

/** `GET /chat/completions`, filtered by `model` and `metadata[key]`. Source: OpenAI API reference, "List chat completions". */
export async function listStored(context: CallContext): Promise<Response> {
  return jsonResponse(await pageOfChats(context, storeOf(context)));
}

/** `GET /chat/completions/{id}`. */
export async function retrieveStored(context: CallContext, id: string): Promise<Response> {
  const { chat } = await found(await chatsOf(context), id);
  return jsonResponse(chat);
}

/** `POST /chat/completions/{id}`: nothing but its metadata can be changed, which is replaced. */
export async function updateStored(context: CallContext, id: string): Promise<Response> {
  const store = storeOf(context);
  const chats = await storedChats(context, store);
  await found(chats, id);
  const { metadata } = await readPlain(context, metadataUpdate);
  return inTurn(store, turnOf(id), async () => {
    const { since, chat: known } = await found(chats, id);
    const chat = { ...known, metadata: metadata ?? {} };
    await chats.completions.put(id, { since, chat }, leftOf(since, context));
    return jsonResponse(chat);
  });
}

/** It is kept no longer for having been changed. */
const leftOf = (since: number, { now, options }: CallContext): number =>
  Math.max(1, options.storeTtl - (now() - since) * 1000);

/** `DELETE /chat/completions/{id}`. */
export async function deleteStored(context: CallContext, id: string): Promise<Response> {
  const store = storeOf(context);
  const chats = await storedChats(context, store);
  await inTurn(store, turnOf(id), async () => {
    await found(chats, id);
    await chats.messages.remove(messagesOf(id));
    // Last what leads to the rest: where it goes wrong on the way, who tries again can.
    await chats.completions.remove(id);
  });
  return jsonResponse({ object: "chat.completion.deleted", id, deleted: true });
}

/** `GET /chat/completions/{id}/messages`: those of the request. Source: OpenAI API reference, "Get chat messages". */
export async function listStoredMessages(context: CallContext, id: string): Promise<Response> {
  const asked = readPage(context.request, "asc");
  const chats = await chatsOf(context);
  await found(chats, id);
  const messages = (await chats.messages.get(messagesOf(id))) ?? [];
  return jsonResponse(
    pageOf(
      messages.map((message, index) => toStoredMessage(message, `${id}-${index}`)),
      asked,
    ),
  );
}
