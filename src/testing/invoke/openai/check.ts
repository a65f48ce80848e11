import type { JsonObject, Model } from "../family.ts";
import type { OpenAiBody } from "./read.ts";

/** `model` and `stream` may stand in the body, but may not say anything else than the path. */
export function checkAddressing(
  body: JsonObject,
  { id, baseId }: Model,
  streaming: boolean,
): string | undefined {
  const { model, stream } = body;
  if (model !== undefined && model !== id && model !== baseId) {
    return `The model in the request body, ${String(model)}, does not match the model of the request, ${id}.`;
  }
  if (stream !== undefined && stream !== streaming) {
    return "The stream parameter in the request body does not match the operation.";
  }
  return undefined;
}

/** Every result answers a call. */
export function checkToolMessages(native: JsonObject): string | undefined {
  const { messages } = native as OpenAiBody;
  const calls = new Set(messages.flatMap(({ tool_calls: made }) => (made ?? []).map(({ id }) => id)));
  const at = messages.findIndex(({ role, tool_call_id: id }) => role === "tool" && !calls.has(id ?? ""));
  return at < 0 ? undefined : `messages.${at}: a tool message must answer a preceding tool call.`;
}
