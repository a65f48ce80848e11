import type { CallContext } from "../../../context.ts";
import { type BedrockOpenAIError, invalidRequest } from "../../../errors.ts";
import type { InputItem } from "../../../openai/responses/items.ts";
import type { PlacedItem } from "../asked.ts";
import { itemPrefix } from "../item-prefix.ts";
import { itemNotFound } from "./not-found.ts";
import { isReference } from "./own-input.ts";
import { asInput, type StoredResponse, type StoredResponses, storedResponses } from "./stored-response.ts";

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
  refuseTwice(ids, before, "input");
  if (count > MAX_REFERENCES)
    throw invalidRequest(
      `Invalid 'input': too many item references. Expected at most ${MAX_REFERENCES}, but got ${count} instead.`,
      { code: "array_above_max_length", param: "input" },
    );
  const find = finder(await storedResponses(context), context.options.maxBodyBytes);
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

/** @throws BedrockOpenAIError 400 for an id that was there before, or stands there twice. */
export function refuseTwice(ids: readonly string[], before: ReadonlySet<string>, param: string): void {
  const seen = new Set(before);
  for (const id of ids) {
    if (seen.has(id))
      throw invalidRequest(
        `Duplicate item found with id ${id.slice(0, 200)}. Remove duplicate items from your input and try again.`,
        { param },
      );
    seen.add(id);
  }
}

/**
 * Finds items by id, reading no response twice, and what it was asked only for an item that its answer does not have: that may be
 * as large as a request, the answer is not.
 * @param maxSize Characters of what is read of requests together.
 */
function finder(
  responses: StoredResponses | undefined,
  maxSize: number,
): (id: string) => Promise<InputItem | undefined> {
  const answers = new Map<string, Promise<StoredResponse | undefined>>();
  const inputs = new Map<string, ReturnType<StoredResponses["inputOf"]>>();
  let size = 0;
  const inputOf = (
    id: string,
    { inputSize }: StoredResponse,
    from: StoredResponses,
  ): ReturnType<StoredResponses["inputOf"]> => {
    const known = inputs.get(id);
    if (!known) size += inputSize;
    if (size > maxSize) throw overlong(size, maxSize);
    const reading = known ?? from.inputOf(id);
    inputs.set(id, reading);
    return reading;
  };
  return async (id) => {
    const responseId = await responses?.withItem(id);
    if (!responses || responseId === undefined) return undefined;
    const answer = answers.get(responseId) ?? responses.find(responseId);
    answers.set(responseId, answer);
    const stored = await answer;
    if (!stored) return undefined;
    const isIt = (item: InputItem): boolean => item.id === id;
    return asInput(stored.response).find(isIt) ?? (await inputOf(responseId, stored, responses))?.find(isIt);
  };
}

const overlong = (size: number, maxSize: number): BedrockOpenAIError =>
  invalidRequest(
    `The requests that 'input' refers to hold ${size} characters together, where at most ${maxSize} are read. ` +
      "Send their items instead of referring to them.",
    { code: "context_length_exceeded", param: "input" },
  );
