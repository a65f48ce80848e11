import { redact } from "../bedrock/errors/redact.ts";
import { BedrockOpenAIError, invalidRequest } from "../errors.ts";

/** How requests for images are refused, in OpenAI's words. */

export const missing = (param: string, hint = ""): BedrockOpenAIError =>
  invalidRequest(`Missing required parameter: '${param}'.${hint && ` ${hint}`}`, {
    code: "missing_required_parameter",
    param,
  });

export const invalidValue = (param: string, why: string): BedrockOpenAIError =>
  invalidRequest(`Invalid '${param}': ${why}`, { code: "invalid_value", param });

export const unsupportedValue = (
  param: string,
  value: string,
  supported: readonly string[],
): BedrockOpenAIError =>
  invalidRequest(
    `Unsupported value: '${param}' does not support '${value.slice(0, 64)}' with this model. ` +
      `Supported values are: ${supported.map((each) => `'${each}'`).join(", ")}.`,
    { code: "unsupported_value", param },
  );

/** @throws BedrockOpenAIError 400 for a text of more than `max` characters: nothing is cut silently. */
export function checkLength(text: string | undefined, max: number, param: string): void {
  // A character has two units at the most: only where that decides are they counted.
  const length =
    text === undefined || text.length <= max ? 0 : text.length > 2 * max ? text.length : [...text].length;
  if (length <= max) return;
  throw invalidRequest(
    `Invalid '${param}': string too long. Expected a string with maximum length ${max}, ` +
      `but got a string with length ${length} instead.`,
    { code: "string_above_max_length", param },
  );
}

/** What a filter of the model's, or a guardrail, does not let pass. */
export const contentPolicyViolation = (why: string): BedrockOpenAIError =>
  invalidRequest(`Your request was rejected by Bedrock's content filters. ${why}`.trim(), {
    code: "content_policy_violation",
  });

/** What AWS says in a 200 may name what is the operator's, as its errors may. */
export const inTheirWords = (said: string): string => redact(said, "").slice(0, 500);

/** A 200 that tells of the model's own failure. */
export const modelFailed = (why: string): BedrockOpenAIError =>
  new BedrockOpenAIError(500, `The model failed while making the image. ${inTheirWords(why)}`.trim(), {
    type: "server_error",
    code: "model_error",
  });

/** A 200 without the pictures that were asked for. */
export const noImages = (model: string, cause?: unknown): BedrockOpenAIError =>
  new BedrockOpenAIError(502, `Bedrock did not return all images from the model '${model}'.`, {
    type: "server_error",
    code: "empty_response",
    cause,
  });

/** An image without effect would be a silent loss. */
export const takesNoImage = (param: string): BedrockOpenAIError =>
  invalidRequest("This model, or this mode of it, paints from words alone and takes no image.", {
    code: "unsupported_parameter",
    param,
  });
