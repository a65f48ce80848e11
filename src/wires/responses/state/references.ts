import type { CallContext } from "../../../context.ts";
import { invalidRequest } from "../../../errors.ts";
import type { InputItem } from "../../../openai/responses/items.ts";
import type { PlacedItem } from "../asked.ts";
import { itemPrefix } from "./item-prefix.ts";
import { itemNotFound } from "./not-found.ts";
import { isReference } from "./own-input.ts";
import { asInput, type StoredResponses, storedResponses } from "./stored-response.ts";

/** Each is asked of the store. */
const MAX_REFERENCES = 2_000;

/**
 * The items with what was kept in the place of references to it, and with what was kept of thoughts that came back without what
 * is sealed in them: clients that did not ask for it send them so, and the model wants them unchanged.
 * @param before Ids of the items that are there already.
 * @throws BedrockOpenAIError 404 for what is referred to and was not kept, 400 for what would be there twice, 503.
 */
export async function withWhatWasKept(
  context: CallContext,
  items: readonly PlacedItem[],
  before: ReadonlySet<string>,
): Promise<readonly PlacedItem[]> {
  const ids = items.flatMap(({ item }) => (isReference(item) ? [item.id] : []));
  const count = ids.length + items.filter(({ item }) => isOpened(item)).length;
  if (count === 0) return items;
  refuseTwice(ids, before);
  if (count > MAX_REFERENCES)
    throw invalidRequest(
      `Invalid 'input': too many item references. Expected at most ${MAX_REFERENCES}, but got ${count} instead.`,
      { code: "array_above_max_length", param: "input" },
    );
  const find = finder(await storedResponses(context));
  const kept = async (item: InputItem): Promise<InputItem> => {
    if (isOpened(item)) return sealedAgain(item, await find(item.id));
    if (!isReference(item)) return item;
    const found = await find(item.id);
    if (!found) throw itemNotFound(item.id);
    return found;
  };
  return Promise.all(items.map(async ({ item, at }) => ({ item: await kept(item), at })));
}

/** A thought that an answer of ours may have told, without what is sealed in it. */
const isOpened = (item: InputItem): item is InputItem & { id: string } =>
  item.type === "reasoning" &&
  typeof item.id === "string" &&
  item.id.startsWith(itemPrefix("reasoning")) &&
  !item["encrypted_content"];

/** Of what was not kept, its words are all there is. */
const sealedAgain = (item: InputItem, found: InputItem | undefined): InputItem =>
  found?.type === "reasoning" && found["encrypted_content"]
    ? { ...item, encrypted_content: found["encrypted_content"] }
    : item;

function refuseTwice(ids: readonly string[], before: ReadonlySet<string>): void {
  const seen = new Set(before);
  for (const id of ids) {
    if (seen.has(id))
      throw invalidRequest(
        `Duplicate item found with id ${id.slice(0, 200)}. Remove duplicate items from your input and try again.`,
        { param: "input" },
      );
    seen.add(id);
  }
}

/** Finds items by id, reading no response twice. */
function finder(responses: StoredResponses | undefined): (id: string) => Promise<InputItem | undefined> {
  const read = new Map<string, Promise<ReadonlyMap<string, InputItem>>>();
  return async (id) => {
    const responseId = await responses?.withItem(id);
    if (!responses || responseId === undefined) return undefined;
    const items = read.get(responseId) ?? itemsById(responseId, responses);
    read.set(responseId, items);
    return (await items).get(id);
  };
}

async function itemsById(
  responseId: string,
  responses: StoredResponses,
): Promise<ReadonlyMap<string, InputItem>> {
  const [stored, input = []] = await Promise.all([responses.find(responseId), responses.inputOf(responseId)]);
  const items = stored ? [...input, ...asInput(stored.response)] : [];
  return new Map(items.flatMap((item) => (item.id == null ? [] : [[item.id, item] as const])));
}
