import { parseExact } from "../../../conversation/exact-json.ts";
import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { BedrockOpenAIError } from "../../../errors.ts";

/** AWS's message, or the beginning of one, under the resolved id of its model. */
export function editMessage(message: JsonObject, model: string): JsonObject {
  const { "amazon-bedrock-guardrailAction": _, "amazon-bedrock-trace": __, ...said } = message;
  return { ...said, model };
}

/** @throws BedrockOpenAIError 502 for a 200 that is no message. */
export function readMessage(text: string, model: string): JsonObject {
  const said = parsed(text);
  if (isObject(said) && Array.isArray(said["content"])) return editMessage(said, model);
  throw new BedrockOpenAIError(502, `Bedrock returned no message for the model '${model}'.`, {
    type: "server_error",
    code: "empty_response",
  });
}

function parsed(text: string): unknown {
  try {
    return parseExact(text);
  } catch {
    return undefined;
  }
}
