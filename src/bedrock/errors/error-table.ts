import { suggestProfiles } from "./inference-profiles.ts";

export interface Row {
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

const clock: Row = {
  ...credentials,
  message: () =>
    "AWS refused the signature of this server for its time: its clock is wrong, or the request was minutes on its way. " +
    "Set the clock by NTP.",
};

/** Why nobody was found, by what the SDK says of it and by what it was told. */
const NOT_FOUND: readonly (readonly [(detail: string) => boolean, string])[] = [
  [
    (detail) => /sso|aws login/i.test(detail),
    "The AWS single sign-on of this server has ended or has not begun. Run `aws sso login` with its profile.",
  ],
  [
    () => Boolean(process.env["AWS_PROFILE"]),
    "The profile that this server's AWS_PROFILE names was not found or gives no credentials. While AWS_PROFILE is set, keys of " +
      "the environment are not used.",
  ],
  [
    () => true,
    "This server found no AWS credentials. Set AWS_PROFILE, AWS_BEARER_TOKEN_BEDROCK, or AWS_ACCESS_KEY_ID and " +
      "AWS_SECRET_ACCESS_KEY, or run it where AWS gives it a role.",
  ],
];

/** AWS was not asked at all. Said to callers too: whoever sets up a server is its first caller. */
const credentialsMissing: Row = {
  ...credentials,
  code: "aws_credentials_missing",
  message: (_, detail) => NOT_FOUND.find(([isSo]) => isSo(detail))![1],
};

/** The SDK reads it without a word of its own. The path is told to nobody who calls. */
export const tokenUnreadable: Row = {
  ...credentials,
  code: "aws_credentials_missing",
  message: () =>
    "The file of this server's web identity token (AWS_WEB_IDENTITY_TOKEN_FILE, or that of its profile or container) cannot be read.",
};

/** A role of a profile or of the environment, which the SDK takes on by itself. */
const roleRefused: Row = {
  ...credentials,
  code: "aws_role_refused",
  message: () =>
    "AWS STS did not give this server the role that its AWS profile or environment names. Check the role's trust policy, " +
    "and that whoever takes it on may call sts:AssumeRole.",
};

export const unavailable: Row = {
  status: 503,
  type: "server_error",
  code: "service_unavailable",
  retry: true,
  retryAfter: 2,
  message: (model, detail) => `Bedrock has no capacity for '${model}' right now. ${detail}`.trim(),
};

export const internal: Row = {
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
  // OpenAI's own words come from AWS's native endpoints.
  message: (model, detail) =>
    detail.startsWith("The model '")
      ? detail
      : `The model '${model}' does not exist or you do not have access to it. ${detail}`.trim(),
};

const modelFailed: Row = {
  status: 500,
  type: "server_error",
  code: "model_error",
  retry: true,
  message: (model, detail) => `The model '${model}' failed while answering. ${detail}`.trim(),
};

/** AWS exception, in lower case and without its ending → OpenAI error. Source: aws-bedrock §B.1, openai-contract §D. */
export const TABLE: Readonly<Record<string, Row>> = {
  validation: {
    status: 400,
    type: "invalid_request_error",
    code: null,
    retry: false,
    message: (model, detail) => `Bedrock refused the request for '${model}'${detail && `: ${detail}`}`,
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
  badgateway: unavailable,
  dependencyfailed: {
    ...modelFailed,
    code: "dependency_failed",
    message: (model, detail) => `Something that '${model}' depends on at AWS failed. ${detail}`.trim(),
  },
  conflict: {
    status: 409,
    type: "invalid_request_error",
    code: "conflict",
    retry: false,
    message: (model, detail) => detail || `Bedrock cannot do that with '${model}' as it is now.`,
  },
  expiredtoken: credentials,
  unrecognizedclient: credentials,
  invalidclienttokenid: credentials,
  invalidsignature: credentials,
  incompletesignature: credentials,
  missingauthenticationtoken: credentials,
  requestexpired: clock,
  requestinthefuture: clock,
  requesttimetooskewed: clock,
  notauthorized: credentials,
  credentialsprovidererror: credentialsMissing,
  tokenprovidererror: { ...credentialsMissing, message: () => credentialsMissing.message("", "sso") },
  invalididentitytoken: roleRefused,
  idprejectedclaim: roleRefused,
  timeouterror: { ...timeout, status: 504 },
  endpointerror: {
    status: 500,
    type: "server_error",
    code: "aws_endpoint_error",
    retry: false,
    message: (_, detail) => `This server's settings name no endpoint that AWS can be called at. ${detail}`,
  },
};

/** A signature that is right but for its time. */
export const SIGNATURE_BY_TEXT: readonly (readonly [RegExp, Partial<Row>])[] = [
  [/signature (expired|not yet current)/i, clock],
];

/** A refusal of access that is not about permissions. */
export const ACCESS_BY_TEXT: readonly (readonly [RegExp, Partial<Row>])[] = [
  [/api key|bearer token|authentication failed/i, credentials],
  // The native endpoints say it in OpenAI's form, which has no place for AWS's name of it.
  [/security token included in the request is|request signature we calculated does not match/i, credentials],
  [/sts:(AssumeRole|TagSession)/, roleRefused],
  [
    /agreement|marketplace|subscription/i,
    {
      code: "model_agreement_pending",
      message: (model) =>
        `The account's agreement for '${model}' is missing or not yet in force. Accept it in the Bedrock console; ` +
        "a new agreement takes some minutes.",
    },
  ],
];

/** A refusal whose kind only its text tells. */
export const BY_TEXT: readonly (readonly [RegExp, Partial<Row>])[] = [
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
  // What models that embed, draw or rank say of conversations; the other endpoints say the same of models that chat.
  [/^This action doesn't support the model/, { code: "unsupported_model", param: "model" }],
  // The filters of Amazon's image models, which look at prompts and at images.
  [
    /blocked by our content filters|AWS Responsible AI Policy/i,
    { code: "content_policy_violation", message: passed },
  ],
  [
    /model identifier is invalid|model ARN for reranking is invalid|at 'modelId' failed to satisfy constraint/i,
    { ...notFound, message: (model) => notFound.message(model, "") },
  ],
];

export const BY_STATUS: Readonly<Record<string, string>> = {
  400: "validation",
  401: "notauthorized",
  403: "accessdenied",
  404: "resourcenotfound",
  408: "modeltimeout",
  429: "throttling",
  503: "serviceunavailable",
};

export const unreachable: Row = {
  ...unavailable,
  code: "bedrock_unreachable",
  message: () => "Bedrock could not be reached. Check the network, the region and the endpoint.",
};

/** Where a request goes is the operator's choice: what answers may not send it on, with its signature and prompt. */
export const redirected: Row = {
  status: 502,
  type: "server_error",
  code: "bedrock_redirected",
  retry: false,
  message: () =>
    "Bedrock's endpoint answered with a redirect, which is never followed. Check the endpoint and the network.",
};
