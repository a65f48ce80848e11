import { AwsError } from "../aws-error.ts";
import type { JsonObject } from "../../conversation/types.ts";
import type { ErrorReply } from "../reply.ts";
import type { Outcome } from "../wire/deliver.ts";
import { NativeError } from "./native-error.ts";

/** An error before it has a shape. */
export interface Failure {
  status: number;
  message: string;
  code?: string;
  members?: JsonObject | undefined;
  headers?: Record<string, string> | undefined;
  /** Replaces the shaped body. */
  body?: string | undefined;
}

/** How one vendor's API words its errors. */
export interface Dialect {
  /** Whether events of a stream carry the name of their type. */
  named: boolean;
  /** The body of a refusal. */
  error(failure: Failure, requestId: string): JsonObject;
  /** What stands in a stream in its stead; `event` names it where the vendor names events. */
  frame(failure: Failure): { event?: string; data: JsonObject };
}

interface Words {
  code: string;
  type: string;
}

const OPENAI_WORDS: Readonly<Record<number, Words>> = {
  400: { code: "validation_error", type: "invalid_request_error" },
  403: { code: "access_denied", type: "permission_denied_error" },
  404: { code: "model_not_found", type: "invalid_request_error" },
  408: { code: "timeout", type: "timeout_error" },
  429: { code: "rate_limit_exceeded", type: "rate_limit_error" },
  503: { code: "service_unavailable", type: "server_error" },
};
const OPENAI_FAILURE: Words = { code: "internal_error", type: "server_error" };

const ANTHROPIC_TYPES: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  403: "permission_error",
  404: "not_found_error",
  408: "timeout_error",
  413: "request_too_large",
  429: "rate_limit_error",
  503: "overloaded_error",
};

export const OPENAI_CHAT: Dialect = {
  named: false,
  error: openAiError,
  frame: (failure) => ({ data: openAiError(failure) }),
};

export const OPENAI_RESPONSES: Dialect = {
  named: true,
  error: openAiError,
  frame: (failure) => {
    const { code = "server_error", message } = openAiError(failure)["error"] as Record<string, string>;
    return { event: "error", data: { type: "error", code, message, param: null, sequence_number: 0 } };
  },
};

export const ANTHROPIC: Dialect = {
  named: true,
  error: (failure, requestId) => ({ ...anthropicError(failure), request_id: requestId }),
  frame: (failure) => ({ event: "error", data: anthropicError(failure) }),
};

/** Any error as a response of this vendor's. */
export function refusedIn(dialect: Dialect): (error: unknown, requestId: string) => Outcome {
  return (error, requestId) => failureOutcome(dialect, failureOf(error), requestId);
}

export function failureOutcome(dialect: Dialect, failure: Failure, requestId: string): Outcome {
  const bytes = Buffer.from(failure.body ?? JSON.stringify(dialect.error(failure, requestId)));
  return {
    status: failure.status,
    headers: {
      "content-type": "application/json",
      "content-length": String(bytes.length),
      "x-request-id": requestId,
      ...failure.headers,
    },
    chunks: [bytes],
    ending: "end",
  };
}

/** An error that a test has scripted, with AWS's status for its name. */
export function scriptedFailure({ error }: ErrorReply): Failure {
  const { name, message, members, headers, body, ...details } = error;
  const { status } = new AwsError(name, message, details);
  return { status, message, members, headers, body };
}

/** What is neither a refusal nor AWS's is a bug of the emulator and says so. */
export function failureOf(error: unknown): Failure {
  if (error instanceof NativeError) return error;
  if (error instanceof AwsError) return { status: error.status, message: error.message };
  return { status: 500, message: `emulator: ${String(error)}` };
}

function openAiError({ status, message, code, members }: Failure): JsonObject {
  const words = OPENAI_WORDS[status] ?? (status < 500 ? OPENAI_WORDS[400] : OPENAI_FAILURE);
  const { code: usual, type } = words ?? OPENAI_FAILURE;
  return { error: { code: code ?? usual, message, param: null, type, ...members } };
}

function anthropicError({ status, message, members }: Failure): JsonObject {
  const type = ANTHROPIC_TYPES[status] ?? (status < 500 ? "invalid_request_error" : "api_error");
  return { type: "error", error: { type, message, ...members } };
}
