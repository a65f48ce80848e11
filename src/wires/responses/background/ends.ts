import type { ErrorEvent, ResponseEvent } from "../../../openai/responses/events.ts";
import type { ResponseObject } from "../../../openai/responses/response.ts";

/** OpenAI has no event for a response that was cancelled: whoever still reads it is told that it failed, and finds its status there. */
const CANCELLED = { code: "response_cancelled", message: "The response was cancelled." };

const UNKNOWN = { code: "server_error", message: "The response failed." };

/** The last events of a response that is over. */
export function endEvents(response: ResponseObject): ResponseEvent[] {
  const { status, error } = response;
  if (status === "completed" || status === "incomplete") return [{ type: `response.${status}`, response }];
  return [
    toErrorEvent(status === "cancelled" ? CANCELLED : (error ?? UNKNOWN)),
    { type: "response.failed", response },
  ];
}

function toErrorEvent({ code, message }: { code: string; message: string }): ErrorEvent {
  return {
    type: "error",
    code,
    message,
    param: null,
    error: { type: "server_error", code, message, param: null },
  };
}
