import type { ErrorBody, ErrorDetails, ErrorType } from "../../anthropic/response.ts";
import type { CallContext } from "../../context.ts";
import type { BedrockOpenAIError } from "../../errors.ts";
import { streamFailure } from "../../flow/stream-failure.ts";
import { statusText } from "../../status-text.ts";
import { inAnthropicPlace } from "./names.ts";

/** Source: Anthropic API reference, "Errors". */
const TYPES: Readonly<Record<number, ErrorType>> = {
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  408: "timeout_error",
  413: "request_too_large",
  429: "rate_limit_error",
  503: "overloaded_error",
  504: "timeout_error",
};

const typeOf = (status: number): ErrorType =>
  TYPES[status] ?? (status < 500 ? "invalid_request_error" : "api_error");

/** Where clients try something else. Source: Anthropic API reference, `error.details` of "Create a Message". */
const DETAILS: Readonly<Record<string, ErrorDetails>> = {
  thread_unsupported_request: { error_code: "thread_unsupported_request", unsupported: ["thread"] },
};

/** A failure as Anthropic's clients read it. */
export const toErrorBody = (
  { status, message, param, code }: BedrockOpenAIError,
  requestId: string,
): ErrorBody => ({
  type: "error",
  error: {
    type: typeOf(status),
    message: param ? message.replaceAll(`'${param}'`, () => `'${inAnthropicPlace(param)}'`) : message,
    ...(code !== null && Object.hasOwn(DETAILS, code) && { details: DETAILS[code]! }),
  },
  request_id: requestId,
});

/** A failure in Anthropic's words. */
export const inAnthropicWords = (error: BedrockOpenAIError, requestId: string): Response =>
  new Response(JSON.stringify(toErrorBody(error, requestId)), {
    status: error.status,
    statusText: statusText(error.status),
    headers: { "content-type": "application/json", "request-id": requestId, ...error.headers },
  });

/**
 * A failure as the last event of a stream.
 * @throws The caller's reason where the caller left: nobody reads on.
 */
export const failureEvent = (thrown: unknown, context: CallContext): string =>
  `event: error\ndata: ${JSON.stringify(toErrorBody(streamFailure(thrown, context), context.requestId))}\n\n`;
