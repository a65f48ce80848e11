import { BedrockOpenAIError, type BedrockOpenAIErrorInit } from "../errors.ts";

/** What an endpoint says otherwise of a refusal by AWS. */
export interface Rewording extends Partial<BedrockOpenAIErrorInit> {
  status?: number;
  message?: string;
}

/** An error in an endpoint's own words; whatever else it says stays. */
export function reworded(error: BedrockOpenAIError, words: Rewording): BedrockOpenAIError {
  const { type, code, param, headers, cause } = error;
  const { status = error.status, message = error.message, ...init } = words;
  return new BedrockOpenAIError(status, message, { type, code, param, headers, cause, ...init });
}
