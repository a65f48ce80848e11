import { isObject } from "../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../conversation/types.ts";
import type { ResponseObject } from "../openai/responses/response.ts";
import { count, tokensInResponse } from "./count.ts";
import { toFinishReason } from "./finish-reason.ts";
import type { CallRecord } from "./record.ts";

/** Takes down what a response of AWS's own says of itself at its end. */
export function hearResponse(record: CallRecord, response: ResponseObject): void {
  const { usage, output, service_tier: tier } = response;
  if (usage) count(record, tokensInResponse(usage));
  if (typeof tier === "string" && tier !== "auto") record.serviceTier ??= tier;
  const items = output as object[] as JsonObject[];
  const reason = reasonOf(response, items);
  record.finishReasons.push(toFinishReason(reason));
  record.captured?.chat([{ message: asMessage(items), finish_reason: reason }]);
}

function reasonOf(
  { status, incomplete_details: details }: ResponseObject,
  items: readonly JsonObject[],
): string {
  if (status === "incomplete") return details?.reason === "content_filter" ? "content_filter" : "length";
  return items.some(({ type }) => type === "function_call") ? "tool_calls" : "stop";
}

/** The items as the message that they would be in chat. */
function asMessage(items: readonly JsonObject[]): JsonObject {
  const of = (type: string): JsonObject[] => items.filter((item) => item["type"] === type);
  return {
    reasoning_content: textsIn(of("reasoning"), "summary") || textsIn(of("reasoning"), "content"),
    content: textsIn(of("message"), "content"),
    tool_calls: of("function_call").map(({ call_id: id, name, arguments: json }) => ({
      id,
      function: { name, arguments: json },
    })),
  };
}

const textsIn = (items: readonly JsonObject[], member: string): string =>
  items
    .flatMap((item) => (Array.isArray(item[member]) ? item[member].filter(isObject) : []))
    .map(({ text, refusal }) => text ?? refusal ?? "")
    .join("");
