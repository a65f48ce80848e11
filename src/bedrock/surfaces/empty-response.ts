import { BedrockOpenAIError } from "../../errors.ts";

export const emptyResponse = (model: string): BedrockOpenAIError =>
  new BedrockOpenAIError(502, `Bedrock returned no message for the model '${model}'.`, {
    type: "server_error",
    code: "empty_response",
  });
