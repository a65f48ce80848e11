import type { CallContext } from "../../../context.ts";
import { invalidRequest } from "../../../errors.ts";
import type { InputItem } from "../../../openai/responses/items.ts";
import type { PlacedItem } from "../asked.ts";
import { itemNotFound } from "./not-found.ts";
import { isReference } from "./own-input.ts";
import { asInput, type StoredResponses, storedResponses } from "./stored-response.ts";

/** Each is asked of the store. */
const MAX_REFERENCES = 2_000;

/**
 * The items with what was kept in the place of references to it.
 * @param before Ids of the items that are there already.
 * @throws BedrockOpenAIError 404 for what was not kept, 400 for what would be there twice, 503.
 */
export async function withoutReferences(
  context: CallContext,
  items: readonly PlacedItem[],
  before: ReadonlySet<string>,
): Promise<readonly PlacedItem[]> {
  const ids = items.flatMap(({ item }) => (isReference(item) ? [item.id] : []));
  if (ids.length === 0) return items;
  refuseTwice(ids, before);
  if (ids.length > MAX_REFERENCES)
    throw invalidRequest(
      `Invalid 'input': too many item references. Expected at most ${MAX_REFERENCES}, but got ${ids.length} instead.`,
      { code: "array_above_max_length", param: "input" },
    );
  const find = finder(await storedResponses(context));
  return Promise.all(
    items.map(async ({ item, at }) => ({ item: isReference(item) ? await find(item.id) : item, at })),
  );
}

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
function finder(responses: StoredResponses | undefined): (id: string) => Promise<InputItem> {
  const read = new Map<string, Promise<ReadonlyMap<string, InputItem>>>();
  return async (id) => {
    const responseId = await responses?.withItem(id);
    if (!responses || responseId === undefined) throw itemNotFound(id);
    const items = read.get(responseId) ?? itemsById(responseId, responses);
    read.set(responseId, items);
    const item = (await items).get(id);
    if (!item) throw itemNotFound(id);
    return item;
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
