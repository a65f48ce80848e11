import type { CallContext } from "../../../context.ts";
import { type Page, placeOf, readPage, toPage } from "../../../http/page.ts";
import type { Store } from "../../../store/store.ts";
import { entriesOf, type Entry } from "./ledger.ts";
import { type StoredChat, storedChats } from "./stored-chat.ts";

/**
 * A page of what is kept.
 * @throws BedrockOpenAIError 400 for a query that makes no sense.
 */
export async function pageOfChats(context: CallContext, store: Store): Promise<Page<StoredChat>> {
  const { after, limit, order } = readPage(context.request, "asc");
  const query = new URL(context.request.url).searchParams;
  const entries = await entriesOf(context, store);
  const ordered = order === "asc" ? entries : entries.toReversed();
  const from = after === undefined ? 0 : placeOf(after, ordered, "after") + 1;
  const wanted = ordered.slice(from).filter(ofModel(query.get("model")));
  const { completions } = await storedChats(context, store);
  const chats: StoredChat[] = [];
  // One more than asked for, to know whether there is more; what was deleted is passed over.
  for (let at = 0; at < wanted.length && chats.length <= limit; at += limit + 1) {
    // A filter that nothing meets reads everything: not for a caller who has left.
    context.signal.throwIfAborted();
    const some = wanted.slice(at, at + limit + 1);
    const read = await Promise.all(some.map(({ id }) => completions.get(id)));
    chats.push(...read.flatMap((kept) => kept?.chat ?? []).filter(withMetadata(query)));
  }
  return toPage(chats.slice(0, limit), chats.length > limit);
}

const ofModel =
  (model: string | null) =>
  (entry: Entry): boolean =>
    !model || entry.model === model || entry.asked === model;

/** `metadata[key]=value`, as often as there are pairs to be had. */
function withMetadata(query: URLSearchParams): (chat: StoredChat) => boolean {
  const wanted = [...query].flatMap(([name, value]) =>
    name.startsWith("metadata[") && name.endsWith("]")
      ? [[name.slice("metadata[".length, -1), value] as const]
      : [],
  );
  return ({ metadata }) =>
    wanted.every(([key, value]) => Object.hasOwn(metadata, key) && metadata[key] === value);
}
