import { measureUsage } from "../answers/usage.ts";
import type { Answer, Call } from "../call.ts";
import { jsonOutcome } from "../wire/whole-outcome.ts";
import { readMessages } from "./messages.ts";
import type { Place } from "./resolve.ts";

/** POST /anthropic/v1/messages/count_tokens of mantle. The body is that of Messages, without its limit. */
export function countTokens(place: Place, call: Call): Answer {
  const { request, model } = readMessages(place, call, { max_tokens: 1 });
  const { totalTokens } = measureUsage(request, model.id, 0, new Set());
  return { outcome: jsonOutcome({ input_tokens: totalTokens }, { "x-request-id": call.requestId }) };
}
