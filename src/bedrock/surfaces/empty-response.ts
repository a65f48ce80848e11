import { parseExact } from "../../conversation/exact-json.ts";
import { BedrockOpenAIError } from "../../errors.ts";

export const emptyResponse = (model: string, cause?: unknown): BedrockOpenAIError =>
  new BedrockOpenAIError(502, `Bedrock returned no message for the model '${model}'.`, {
    type: "server_error",
    code: "empty_response",
    cause,
  });

/** @throws BedrockOpenAIError 502 for a 200 that is not JSON, or the half of it. */
export function parseAnswer(text: string, model: string): unknown {
  try {
    return parseExact(text);
  } catch (cause) {
    throw emptyResponse(model, cause);
  }
}
