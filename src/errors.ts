import { statusText } from "./status-text.ts";

const marker = Symbol.for("bedrock-openai.error");

export interface BedrockOpenAIErrorInit {
  /** OpenAI's error family, for instance `invalid_request_error` or `rate_limit_error`. */
  type: string;
  /** OpenAI's stable error code; `null` where OpenAI sends none. */
  code?: string | null;
  /** The path of the offending parameter, for instance `messages[0].content`. */
  param?: string | null;
  /** Response headers of this error, for instance `retry-after`. */
  headers?: Record<string, string>;
  /** What really happened. Kept for the operator's log, never sent to the caller. */
  cause?: unknown;
}

/**
 * The one error of this library. It knows its HTTP status and OpenAI error body, so official OpenAI clients
 * raise their own typed error from it (400 BadRequestError, 404 NotFoundError, 429 RateLimitError, …).
 * Source of the shape: OpenAI's error object, all four keys required.
 */
export class BedrockOpenAIError extends Error {
  override readonly name = "BedrockOpenAIError";
  readonly status: number;
  readonly type: string;
  readonly code: string | null;
  readonly param: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly [marker] = true;

  constructor(status: number, message: string, init: BedrockOpenAIErrorInit) {
    super(message, init.cause === undefined ? undefined : { cause: init.cause });
    this.status = status;
    this.type = init.type;
    this.code = init.code ?? null;
    this.param = init.param ?? null;
    this.headers = init.headers ?? {};
  }

  /** True for errors of any copy of this package, unlike `instanceof`. */
  static isInstance(value: unknown): value is BedrockOpenAIError {
    return typeof value === "object" && value !== null && marker in value;
  }

  /** The body OpenAI clients parse: `{ error: { message, type, param, code } }`. */
  toBody(): { error: { message: string; type: string; param: string | null; code: string | null } } {
    return { error: { message: this.message, type: this.type, param: this.param, code: this.code } };
  }

  toResponse(): Response {
    return new Response(JSON.stringify(this.toBody()), {
      status: this.status,
      statusText: statusText(this.status),
      headers: { "content-type": "application/json", ...this.headers },
    });
  }
}

/** A 400 that the caller can mend. */
export function invalidRequest(
  message: string,
  init: Omit<BedrockOpenAIErrorInit, "type"> = {},
): BedrockOpenAIError {
  return new BedrockOpenAIError(400, message, { type: "invalid_request_error", ...init });
}

/** Whatever was thrown, as our error; what we did not foresee becomes a masked 500 that keeps its cause. */
export function toBedrockOpenAIError(thrown: unknown): BedrockOpenAIError {
  if (BedrockOpenAIError.isInstance(thrown)) return thrown;
  return new BedrockOpenAIError(
    500,
    "The server had an error while processing your request. Sorry about that!",
    {
      type: "server_error",
      cause: thrown,
    },
  );
}

/** A door that runs out of time aborts with an error of ours: its caller still waits, and is told. */
export const callerLeft = ({ aborted, reason }: AbortSignal): boolean =>
  aborted && !BedrockOpenAIError.isInstance(reason);
