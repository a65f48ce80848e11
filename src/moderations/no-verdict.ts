import { BedrockOpenAIError } from "../errors.ts";

/** For a 200 that says nothing: what was not looked at must not pass for harmless. */
export const noVerdict = (cause?: unknown): BedrockOpenAIError =>
  new BedrockOpenAIError(502, "Bedrock did not say what it thinks of every input.", {
    type: "server_error",
    code: "empty_response",
    cause,
  });
