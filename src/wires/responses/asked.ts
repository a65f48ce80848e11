import type { Attachments } from "../../http/attachments.ts";
import type { InputItem } from "../../openai/responses/items.ts";
import type { ResponsesRequest } from "../../openai/responses/request.ts";

/** An item with the place that it has in the caller's words: `input[3]`, or the parameter that brought it. */
export interface PlacedItem {
  item: InputItem;
  at: string;
}

/** The earlier responses that a response stands on. */
export interface Chain {
  /** Their ids, oldest first. */
  ids: readonly string[];
  /** Characters of all that they hold, as JSON. */
  size: number;
}

/** A request for a response, with all that it stands on. */
export interface AskedResponse {
  request: ResponsesRequest;
  /** All that the model is to read, oldest first: earlier responses or the conversation, then the request's own input. */
  items: readonly PlacedItem[];
  /** The request's own input as it is kept: items only, every one with an id. */
  input: readonly InputItem[];
  /** By `previous_response_id`; of no responses without one. */
  chain: Chain;
  /** How many of the oldest items were left out, where the model takes no more; see truncation.ts. */
  omitted?: number;
  /** The files that tokens stand for in the items. */
  attachments: Attachments;
}
