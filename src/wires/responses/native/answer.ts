import { isObject } from "../../../conversation/json-schema/is-object.ts";
import { BedrockOpenAIError } from "../../../errors.ts";
import type { ResponseObject, ResponseStatus } from "../../../openai/responses/response.ts";
import { createItemEditor } from "./edit-item.ts";
import { editResponse } from "./envelope.ts";
import type { EditorTools } from "./events.ts";

const ENDS: ReadonlySet<ResponseStatus> = new Set(["completed", "incomplete"]);

/**
 * AWS's whole response as OpenAI's clients expect it.
 * @param opening The response as it begins.
 * @throws BedrockOpenAIError 502 for a 200 that is none.
 */
export function editAnswer(
  text: string,
  opening: ResponseObject,
  { newId, now }: EditorTools,
): ResponseObject {
  const said = parsed(text);
  const response = isObject(said) && editResponse(said, opening, createItemEditor(newId));
  if (!response || !ENDS.has(response.status)) throw emptyAnswer(opening.model);
  return { ...response, completed_at: response.status === "completed" ? now() : null };
}

const emptyAnswer = (model: string): BedrockOpenAIError =>
  new BedrockOpenAIError(502, `Bedrock returned no message for the model '${model}'.`, {
    type: "server_error",
    code: "empty_response",
  });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
