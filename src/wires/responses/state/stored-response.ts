import type { InputItem } from "../../../openai/responses/items.ts";
import type { ResponseObject } from "../../../openai/responses/response.ts";

/** A response as it is kept. */
export interface StoredResponse {
  /** With `encrypted_content`, whoever asked for it; what it came from is in its `previous_response_id` and `conversation`. */
  response: ResponseObject;
  /** The request's own input, every item with an id. */
  input: readonly InputItem[];
}
