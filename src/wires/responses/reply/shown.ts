import { isEnd, isItemDone, type ResponseEvent } from "../../../openai/responses/events.ts";
import type { ResponseObject } from "../../../openai/responses/response.ts";
import { toldResponse, withoutEncrypted } from "../state/included.ts";

/** What says how much of a response is told. */
export interface Asked {
  include?: readonly string[] | null | undefined;
  store?: boolean | null | undefined;
}

/** Whether reasoning is told that can be carried: who lets nothing be kept here has to carry it. */
const isEncrypted = ({ include, store }: Asked): boolean =>
  store === false || include?.includes("reasoning.encrypted_content") === true;

/** A response as it is told. */
export const shownResponse = (response: ResponseObject, asked: Asked): ResponseObject =>
  toldResponse(response, isEncrypted(asked));

/** How events are told. */
export function showEvent(asked: Asked): (event: ResponseEvent) => ResponseEvent {
  if (isEncrypted(asked)) return (event) => event;
  return (event) => {
    if (isEnd(event)) return { ...event, response: toldResponse(event.response, false) };
    return isItemDone(event) ? { ...event, item: withoutEncrypted(event.item) } : event;
  };
}
