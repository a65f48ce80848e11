import type { ResponseEvent } from "../../openai/responses/events.ts";
import type { ResponseObject } from "../../openai/responses/response.ts";
import type { Explanation } from "../ask.ts";

/** What a response is told under, whoever answers. */
export interface ResponseHead {
  id: string;
  /** Unix seconds. */
  createdAt: number;
  stream: boolean;
}

/** What becomes of a request, whichever way it took to AWS. */
export type ResponseAnswer =
  /** The caller asked what would be sent. */
  | { explanation: Explanation }
  | { response: ResponseObject }
  /**
   * From `response.created` to exactly one end, grouped as they arrived. A failure is told in its events (`error`, then
   * `response.failed`); it throws only where the caller left.
   */
  | { events: AsyncIterable<ResponseEvent[]> };
