import type { CallContext } from "../../../context.ts";
import { type BedrockOpenAIError, invalidRequest } from "../../../errors.ts";
import type { InputItem } from "../../../openai/responses/items.ts";
import { itemPrefix } from "../item-prefix.ts";
import { typed } from "../state/own-input.ts";
import { refuseTwice, withWhatWasKept } from "../state/references.ts";
import { changed, withItems } from "./change.ts";
import { conversationsOf, type KeptItem, type StoredConversation } from "./stored-conversation.ts";

/**
 * Adds what a response was asked and what it answered to its conversation. What is part of it already stays as it is, so that
 * the same response can be kept twice.
 * @param items Oldest first, every one with an id.
 * @throws BedrockOpenAIError 404 where it is not there, or no longer; 503.
 */
export async function appendToConversation(
  context: CallContext,
  id: string,
  items: readonly InputItem[],
): Promise<void> {
  const conversations = await conversationsOf(context);
  const given = items.map((item) => withId(item, context));
  await changed(context, conversations, id, async (head) => {
    const before = idsIn(head);
    const more = given.filter((item) => !before.has(item.id));
    return { ...head, batches: await withItems(context, conversations, head, more) };
  });
}

/**
 * Adds what the caller gives.
 * @throws BedrockOpenAIError 404 where it is not there; 400 for an item that is part of it already, and where it becomes too long; 503.
 */
export async function addItems(
  context: CallContext,
  id: string,
  items: readonly InputItem[],
): Promise<KeptItem[]> {
  const conversations = await conversationsOf(context);
  const given = await own(context, items);
  await changed(context, conversations, id, async (head) => {
    refuseTwice(idsOf(given), idsIn(head), "items");
    refuseOverlong(head, context, JSON.stringify(given).length);
    return { ...head, batches: await withItems(context, conversations, head, given) };
  });
  return given;
}

/** A caller's items as they are kept: every one with an id, and what they refer to in the place of references. */
export async function own(context: CallContext, items: readonly InputItem[]): Promise<KeptItem[]> {
  const placed = items.map((item, index) => ({ item, at: `items[${index}]` }));
  const given = (await withWhatWasKept(context, placed, new Set())).map(({ item }) => withId(item, context));
  refuseTwice(idsOf(given), new Set(), "items");
  return given;
}

const withId = (item: InputItem, { newId }: CallContext): KeptItem => {
  const { type, id, ...said } = typed(item);
  return { ...said, type, id: id || newId(itemPrefix(type)) };
};

const idsIn = ({ batches }: StoredConversation): Set<string> =>
  new Set(batches.flatMap(({ items }) => items));

const idsOf = (items: readonly KeptItem[]): string[] => items.map(({ id }) => id);

/**
 * What no request could carry no request can stand on.
 * @param more Characters that are to be added.
 * @throws BedrockOpenAIError 400.
 */
export function refuseOverlong(
  { id, batches }: StoredConversation,
  { options }: Pick<CallContext, "options">,
  more = 0,
): void {
  const size = batches.reduce((sum, batch) => sum + batch.size, more);
  if (size > options.maxBodyBytes) throw overlong(id, options.maxBodyBytes);
}

const overlong = (id: string, bound: number): BedrockOpenAIError =>
  invalidRequest(
    `The conversation '${id}' is too long: its items are more than ${bound} bytes. Delete some of them, or begin another.`,
    { code: "context_length_exceeded", param: "conversation" },
  );
