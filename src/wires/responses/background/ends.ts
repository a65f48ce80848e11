import type { ResponseEvent } from "../../../openai/responses/events.ts";
import type { ResponseObject } from "../../../openai/responses/response.ts";
import { toErrorEvent } from "../failure.ts";

/** OpenAI has no event for a response that was cancelled: whoever still reads it is told that it failed, and finds its status there. */
const CANCELLED = { code: "response_cancelled", message: "The response was cancelled." };

const UNKNOWN = { code: "server_error", message: "The response failed." };

/** The last events of a response that is over. */
export function endEvents(response: ResponseObject): ResponseEvent[] {
  const { status, error } = response;
  if (status === "completed" || status === "incomplete") return [{ type: `response.${status}`, response }];
  const failure = status === "cancelled" ? CANCELLED : (error ?? UNKNOWN);
  return [
    toErrorEvent({ type: "server_error", param: null, ...failure }),
    { type: "response.failed", response },
  ];
}
