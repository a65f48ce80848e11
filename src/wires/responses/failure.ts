import type { BedrockOpenAIError } from "../../errors.ts";
import type { ErrorEvent, ResponseEvent } from "../../openai/responses/events.ts";
import type { ResponseError, ResponseObject } from "../../openai/responses/response.ts";

/** OpenAI's codes for a response that failed. Source: OpenAI's schema, `ResponseErrorCode`; the last two it sends all the same. */
const CODES: ReadonlySet<string> = new Set([
  "server_error",
  "rate_limit_exceeded",
  "invalid_prompt",
  "data_residency_mismatch",
  "bio_policy",
  "vector_store_timeout",
  "invalid_image",
  "invalid_image_format",
  "invalid_base64_image",
  "invalid_image_url",
  "image_too_large",
  "image_too_small",
  "image_parse_error",
  "image_content_policy_violation",
  "invalid_image_mode",
  "image_file_too_large",
  "unsupported_image_media_type",
  "empty_image_file",
  "failed_to_download_image",
  "image_file_not_found",
  // Codex compacts its history upon the one, and gives up upon the other (openai-contract §E5).
  "context_length_exceeded",
  "insufficient_quota",
]);

function codeOf({ status, code }: BedrockOpenAIError): string {
  if (code !== null && CODES.has(code)) return code;
  if (status === 429) return "rate_limit_exceeded";
  return status === 400 || status === 413 ? "invalid_prompt" : "server_error";
}

/** A failure as a response tells of it. */
const toResponseError = (error: BedrockOpenAIError): ResponseError => ({
  code: codeOf(error),
  message: error.message,
});

/** What a stream says first of a failure. */
export function toErrorEvent({ type, code, message, param }: ErrorEvent["error"]): ErrorEvent {
  return { type: "error", code, message, param, error: { type, code, message, param } };
}

/**
 * A failure in the middle of an answer. Both events, as OpenAI sends them: some clients read only the first, others only the
 * second (openai-contract §E3).
 * @param response As far as it had come.
 */
export const failureEvents = (error: BedrockOpenAIError, response: ResponseObject): ResponseEvent[] => [
  toErrorEvent(error),
  {
    type: "response.failed",
    response: { ...response, status: "failed", completed_at: null, error: toResponseError(error) },
  },
];
