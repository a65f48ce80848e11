import { isObject } from "../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../conversation/types.ts";

/** What vendors call a failure → AWS's exception. Source: Anthropic's and OpenAI's error types. */
const EXCEPTIONS: readonly (readonly [RegExp, string])[] = [
  [/rate_?limit|throttl|too_many_requests|quota|\b429\b/i, "ThrottlingException"],
  [/overloaded|unavailable|\b503\b/i, "ServiceUnavailableException"],
  [/invalid_request|validation|context_length|bad_?request|\b400\b/i, "ValidationException"],
];

/** @throws An error under AWS's name, where a chunk of a stream tells that the answer failed. */
export function throwIfFailed({ error }: JsonObject): void {
  if (error === undefined || error === null) return;
  const { type, code, message } = isObject(error) ? error : { type: "", code: "", message: error };
  const kind = `${String(type)} ${String(code)}`;
  const failure = new Error(String(message ?? "The model failed while answering."));
  failure.name = EXCEPTIONS.find(([pattern]) => pattern.test(kind))?.[1] ?? "InternalServerException";
  throw failure;
}
