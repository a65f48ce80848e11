import { BedrockOpenAIError } from "../errors.ts";
import { redact } from "./redact.ts";
import { suggestProfiles } from "./inference-profiles.ts";

interface Row {
  status: number;
  type: string;
  code: string | null;
  retry: boolean;
  /** Seconds. */
  retryAfter?: number;
  param?: string;
  /** `detail` is AWS's own message, redacted. */
  message: (model: string, detail: string) => string;
}

const passed = (_: string, detail: string): string => detail;

const credentials: Row = {
  status: 401,
  type: "authentication_error",
  code: "aws_credentials_error",
  retry: false,
  message: () =>
    "AWS refused the credentials of this server. Check that they are set, valid for Bedrock and not expired.",
};

const unavailable: Row = {
  status: 503,
  type: "server_error",
  code: "service_unavailable",
  retry: true,
  retryAfter: 2,
  message: (model, detail) => `Bedrock has no capacity for '${model}' right now. ${detail}`.trim(),
};

const internal: Row = {
  status: 500,
  type: "server_error",
  code: null,
  retry: true,
  message: () => "The server had an error while processing your request. Sorry about that!",
};

const timeout: Row = {
  status: 408,
  type: "server_error",
  code: "timeout",
  retry: true,
  message: (model) => `The model '${model}' did not answer in time.`,
};

const notFound: Row = {
  status: 404,
  type: "invalid_request_error",
  code: "model_not_found",
  retry: false,
  param: "model",
  message: (model, detail) =>
    `The model '${model}' does not exist or you do not have access to it. ${detail}`.trim(),
};

const modelFailed: Row = {
  status: 500,
  type: "server_error",
  code: "model_error",
  retry: true,
  message: (model, detail) => `The model '${model}' failed while answering. ${detail}`.trim(),
};

/** AWS exception, in lower case and without its ending → OpenAI error. Source: aws-bedrock §B.1, openai-contract §D. */
const TABLE: Readonly<Record<string, Row>> = {
  validation: {
    status: 400,
    type: "invalid_request_error",
    code: null,
    retry: false,
    message: (model, detail) => `Bedrock refused the request for '${model}': ${detail}`,
  },
  throttling: {
    status: 429,
    type: "rate_limit_error",
    code: "rate_limit_exceeded",
    retry: true,
    retryAfter: 2,
    message: (model, detail) =>
      `Rate limit reached for '${model}' on Bedrock. Please try again in 2s. ${detail}`.trim(),
  },
  servicequotaexceeded: {
    status: 429,
    type: "insufficient_quota",
    code: "insufficient_quota",
    retry: false,
    message: (_, detail) => `You exceeded your current quota on Bedrock. ${detail}`.trim(),
  },
  accessdenied: {
    status: 403,
    type: "permission_error",
    code: "model_not_available",
    retry: false,
    param: "model",
    message: (model) =>
      `This AWS identity may not call '${model}'. Allow bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream ` +
      "on it, and check that the account has access to the model in this Region.",
  },
  resourcenotfound: notFound,
  modeltimeout: timeout,
  modelnotready: {
    ...unavailable,
    code: "model_not_ready",
    retryAfter: 10,
    message: (model) => `The model '${model}' is still starting on Bedrock. Please try again in 10s.`,
  },
  modelerror: modelFailed,
  modelstreamerror: { ...modelFailed, code: "model_stream_error" },
  internalserver: internal,
  serviceunavailable: unavailable,
  conflict: { status: 409, type: "invalid_request_error", code: "conflict", retry: false, message: passed },
  expiredtoken: credentials,
  unrecognizedclient: credentials,
  invalidclienttokenid: credentials,
  invalidsignature: credentials,
  incompletesignature: credentials,
  missingauthenticationtoken: credentials,
  requestexpired: credentials,
  notauthorized: credentials,
  credentialsprovidererror: credentials,
  tokenprovidererror: credentials,
  timeouterror: { ...timeout, status: 504 },
};

/** A refusal whose kind only its text tells. */
const BY_TEXT: readonly (readonly [RegExp, Partial<Row>])[] = [
  [
    /too long|too many (input )?tokens|too many total text bytes|exceed context limit|maximum context length/i,
    {
      code: "context_length_exceeded",
      param: "messages",
      message: (model, detail) => `The request is over the maximum context length of '${model}'. ${detail}`,
    },
  ],
  [
    /on-demand throughput/i,
    {
      code: "inference_profile_required",
      param: "model",
      message: (model) =>
        `'${model}' cannot be called by its base id; Bedrock serves it through an inference profile. ` +
        `Use ${suggestProfiles(model)}.`,
    },
  ],
  [/model identifier is invalid/i, { ...notFound, message: (model) => notFound.message(model, "") }],
];

const BY_STATUS: Readonly<Record<number, string>> = {
  400: "validation",
  401: "notauthorized",
  403: "accessdenied",
  404: "resourcenotfound",
  408: "modeltimeout",
  429: "throttling",
  503: "serviceunavailable",
};

/** The part of an SDK error that we read. */
interface AwsFailure {
  name?: string;
  message?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number; attempts?: number };
  $response?: { statusCode?: number; headers?: Record<string, string> };
  $retryable?: unknown;
}

const NETWORK =
  /^(ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|EHOSTUNREACH|ENETUNREACH|ERR_SSL|ERR_TLS|CERT_|UND_ERR)/;

/** What AWS, its SDK or the network threw, as our error for this model. */
export function fromAwsError(thrown: unknown, model: string): BedrockOpenAIError {
  if (BedrockOpenAIError.isInstance(thrown)) return thrown;
  const failure = (typeof thrown === "object" && thrown !== null ? thrown : {}) as AwsFailure;
  const row = rowFor(failure);
  const detail = redact(failure.message ?? "", model);
  const retryAfter = failure.$response?.headers?.["retry-after"] ?? row.retryAfter?.toString();
  // The SDK has been patient already: a client that retried as well would multiply the attempts.
  const retried = (failure.$metadata?.attempts ?? 1) > 1;
  return new BedrockOpenAIError(row.status, row.message(model, detail), {
    type: row.type,
    code: row.code,
    param: row.param ?? null,
    headers: {
      "x-should-retry": String(row.retry && !retried),
      ...(row.retry && retryAfter !== undefined && { "retry-after": retryAfter }),
    },
    cause: thrown,
  });
}

function rowFor(failure: AwsFailure): Row {
  if (/region is missing/i.test(failure.message ?? "")) return noRegion;
  // Before the name: the SDK calls a reset connection a TimeoutError.
  if (NETWORK.test(failure.code ?? "")) return unreachable;
  const status = failure.$metadata?.httpStatusCode ?? failure.$response?.statusCode;
  const row =
    TABLE[normalise(failure.name ?? "")] ?? TABLE[BY_STATUS[status ?? 0] ?? ""] ?? byNature(failure, status);
  if (row !== TABLE["validation"]) return row;
  const special = BY_TEXT.find(([pattern]) => pattern.test(failure.message ?? ""))?.[1];
  return { ...row, ...special };
}

/** `com.amazon#ThrottlingException:http://…`, `throttlingException` → `throttling`. */
const normalise = (name: string): string =>
  name
    .split(":", 1)[0]!
    .replace(/^.*#/, "")
    .replace(/Exception$/i, "")
    .toLowerCase();

function byNature(failure: AwsFailure, status: number | undefined): Row {
  if (status !== undefined && status >= 502) return unavailable;
  if (status !== undefined && status >= 400 && status < 500) return TABLE["validation"]!;
  return internal;
}

const unreachable: Row = {
  ...unavailable,
  code: "bedrock_unreachable",
  message: () => "Bedrock could not be reached. Check the network, the region and the endpoint.",
};

const noRegion: Row = {
  status: 500,
  type: "server_error",
  code: "aws_region_missing",
  retry: false,
  message: () => "No AWS region is configured. Set the `region` option or AWS_REGION.",
};

/** A failure after Bedrock's 200: an exception frame, broken bytes, a lost connection. */
export function toStreamFailure(failure: unknown, model: string): BedrockOpenAIError {
  const { name = "" } = failure as AwsFailure;
  if (BedrockOpenAIError.isInstance(failure) || TABLE[normalise(name)]) return fromAwsError(failure, model);
  return new BedrockOpenAIError(
    502,
    `The answer of '${model}' broke off: Bedrock's stream ended early or was damaged.`,
    {
      type: "server_error",
      code: "stream_interrupted",
      cause: failure,
    },
  );
}
