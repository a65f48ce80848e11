import type { JsonObject } from "../../conversation/types.ts";
import type { Account } from "../account.ts";
import type { Answer, Call } from "../call.ts";
import { readOpenAi } from "../invoke/openai/read.ts";
import { jsonOutcome } from "../wire/whole-outcome.ts";
import { answerNatively } from "./answer.ts";
import { OPENAI_RESPONSES } from "./dialect.ts";
import { effortOf, oneCallATurn } from "./efforts.ts";
import { NativeError } from "./native-error.ts";
import { readBody } from "./read-model.ts";
import { resolveNative } from "./resolve.ts";
import type { Place } from "./resolve.ts";
import { responseEvents } from "./responses-events.ts";
import { outputItems } from "./responses-items.ts";
import { asChatBody, inputItems } from "./responses-read.ts";
import type { Item } from "./responses-read.ts";
import { askedEffort, RESPONSES_RULES } from "./responses-rules.ts";
import { responseId, writeResponse } from "./responses-write.ts";
import { checkNative, withoutNulls } from "./rule.ts";
import { sseOutcome } from "./sse.ts";

/** POST …/responses of either host: always at once, and continued by the id of the one before. */
export function responses(place: Place, call: Call): Answer {
  const given = readBody(call);
  const model = resolveNative(given.model, place);
  const body = withoutNulls(given);
  checkNative(RESPONSES_RULES, body, model, place.host);
  const items = [...earlierItems(call.account, body), ...inputItems(body)];
  checkResults(items);
  const effort = effortOf(model.baseId, askedEffort(body)) ?? "none";
  const chat = { ...asChatBody(body, items, effort), ...oneCallATurn(model.baseId) };
  const request = readOpenAi(chat);
  return answerNatively(call, OPENAI_RESPONSES, { request, body, model }, (answer, streaming) => {
    const output = outputItems(answer);
    if (body["store"] !== false) call.account.responses.set(responseId(answer), [...items, ...output]);
    return streaming
      ? sseOutcome(responseEvents(answer, output), OPENAI_RESPONSES)
      : jsonOutcome(writeResponse(answer, output));
  });
}

function earlierItems({ responses }: Account, { previous_response_id: id }: JsonObject): Item[] {
  if (id === undefined) return [];
  const items = responses.get(String(id));
  if (items) return items as Item[];
  throw new NativeError(`Previous response with id '${String(id)}' not found.`, {
    status: 404,
    code: "previous_response_not_found",
  });
}

/** Every result answers a call. */
function checkResults(items: readonly Item[]): void {
  const calls = new Set(items.filter(({ type }) => type === "function_call").map((item) => item["call_id"]));
  const lost = items.find((item) => item["type"] === "function_call_output" && !calls.has(item["call_id"]));
  if (lost) {
    throw new NativeError(
      `No tool call found for function call output with call_id ${String(lost["call_id"])}.`,
    );
  }
}
