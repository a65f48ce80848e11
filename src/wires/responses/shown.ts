import { isEnd, isItemDone, type ResponseEvent } from "../../openai/responses/events.ts";
import type { ResponseObject } from "../../openai/responses/response.ts";

const ENCRYPTED = "reasoning.encrypted_content";

/** What says how much of a response is told. */
export interface Asked {
  include?: readonly string[] | null | undefined;
  store?: boolean | null | undefined;
}

/** What a URL asks for of what is kept: `include[]=`, as OpenAI's clients write it, or `include=`. */
export const askedBy = ({ url }: Pick<Request, "url">): Asked => ({
  include: [...new URL(url).searchParams].flatMap(([name, value]) =>
    /^include(\[\d{0,6}\])?$/.test(name) ? value.split(",") : [],
  ),
});

/** Whether reasoning is told that can be carried: who lets nothing be kept here has to carry it. */
const isEncrypted = ({ include, store }: Asked): boolean =>
  store === false || include?.includes(ENCRYPTED) === true;

/** An item as it is told. */
export function shownItem<T extends { type?: unknown }>(item: T, asked: Asked): T {
  if (item.type !== "reasoning" || !("encrypted_content" in item) || isEncrypted(asked)) return item;
  return { ...item, encrypted_content: undefined };
}

/** A response as it is told. */
export const shownResponse = (response: ResponseObject, asked: Asked): ResponseObject =>
  isEncrypted(asked)
    ? response
    : { ...response, output: response.output.map((item) => shownItem(item, asked)) };

/** How events are told. Of the request nothing else is kept meanwhile. */
export function showEvent({ include, store }: Asked): (event: ResponseEvent) => ResponseEvent {
  const asked = { include, store };
  if (isEncrypted(asked)) return (event) => event;
  return (event) => {
    if (isEnd(event)) return { ...event, response: shownResponse(event.response, asked) };
    return isItemDone(event) ? { ...event, item: shownItem(event.item, asked) } : event;
  };
}
