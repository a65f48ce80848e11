import type { Message } from "../../anthropic/response.ts";
import type { JsonObject } from "../../conversation/types.ts";
import type { Explanation } from "../ask.ts";

/** What becomes of a request for a message, whichever way it took to AWS. */
export type MessageAnswer =
  /** The caller asked what would be sent. */
  | { explanation: Explanation }
  /** As Anthropic's API answers; beside what we know of it, AWS may say more. */
  | { message: Message | JsonObject }
  /** SSE text, what arrived together in one piece. A failure is its last event; it throws only where the caller left. */
  | { stream: AsyncIterableIterator<string, unknown, undefined> };
