import type { CallContext } from "../../../context.ts";
import type { ResponsesRequest } from "../../../openai/responses/request.ts";
import type { AskedResponse, PlacedItem } from "../asked.ts";
import { conversationItems } from "../conversations/items.ts";
import { chainOf, NO_CHAIN } from "./chain.ts";
import { checkSources, conversationId, identified, ownInput } from "./own-input.ts";
import { refuseTwice, withWhatWasKept } from "./references.ts";

export type Standing = Pick<AskedResponse, "items" | "input" | "chain">;

/**
 * What a request stands on. Where it refers to nothing that is kept, and brings no thoughts, the store is not asked.
 * @param responseId What the response will be called: items of the input without an id get one that tells it.
 * @throws BedrockOpenAIError 400 or 404 for what is referred to and is not the caller's, or excludes each other; 503.
 */
export async function standOn(
  context: CallContext,
  request: ResponsesRequest,
  responseId: string,
): Promise<Standing> {
  checkSources(request);
  const { chain, items: earlier } = await earlierThan(context, request);
  const before = new Set(idsIn(earlier));
  const given = await withWhatWasKept(context, ownInput(request), before);
  const own = identified(given, responseId);
  // A conversation has every item once: of another one by that id nothing would be kept.
  if (request.conversation != null) refuseTwice(idsIn(own), before, "input");
  return { items: [...earlier, ...own], input: own.map(({ item }) => item), chain };
}

const idsIn = (items: readonly PlacedItem[]): string[] => items.flatMap(({ item }) => item.id ?? []);

async function earlierThan(
  context: CallContext,
  { previous_response_id: previous, conversation }: ResponsesRequest,
): Promise<{ chain: AskedResponse["chain"]; items: readonly PlacedItem[] }> {
  if (previous != null) return chainOf(context, previous);
  if (conversation == null) return { chain: NO_CHAIN, items: [] };
  const items = await conversationItems(context, conversationId(conversation));
  return { chain: NO_CHAIN, items: items.map((item) => ({ item, at: "conversation" })) };
}
