/** What an error is beside its status and code, and what it means for whoever meets it. */
export interface Meaning {
  /** OpenAI's family of errors. */
  type: string;
  /** Whether OpenAI's clients try again by themselves. */
  again: boolean;
  /** As docs/faults.md tells it. */
  means: string;
}

/** Every error that a fault of AWS's becomes, by its status and its code, or its type where it has no code. */
export const ERRORS: Readonly<Record<string, Meaning>> = {
  "400 invalid_request_error": {
    type: "invalid_request_error",
    again: false,
    means: "AWS refuses the request, in AWS's words.",
  },
  "401 aws_credentials_error": {
    type: "authentication_error",
    again: false,
    means: "AWS refuses the credentials of this server. The log has AWS's words.",
  },
  "403 model_not_available": {
    type: "permission_error",
    again: false,
    means: "This AWS identity may not call the model.",
  },
  "404 model_not_found": {
    type: "invalid_request_error",
    again: false,
    means: "AWS does not know the model here.",
  },
  "408 timeout": { type: "server_error", again: true, means: "The model did not answer AWS in time." },
  "409 conflict": { type: "invalid_request_error", again: false, means: "AWS's ConflictException." },
  "429 insufficient_quota": {
    type: "insufficient_quota",
    again: false,
    means: "A quota of the AWS account is used up.",
  },
  "429 rate_limit_exceeded": {
    type: "rate_limit_error",
    again: true,
    means: "AWS throttles. `retry-after` is AWS's, or 2 seconds.",
  },
  "500 model_error": { type: "server_error", again: true, means: "The model failed." },
  "500 model_stream_error": {
    type: "server_error",
    again: true,
    means: "The model failed while it answered.",
  },
  "500 server_error": { type: "server_error", again: true, means: "AWS failed, and does not say why." },
  "502 bedrock_redirected": {
    type: "server_error",
    again: false,
    means: "The endpoint redirects. No redirect is followed: the request is signed, and holds the prompt.",
  },
  "502 encoded_response": {
    type: "server_error",
    again: false,
    means: "Something on the way compresses AWS's answers, which holds streams back.",
  },
  "502 empty_response": {
    type: "server_error",
    again: true,
    means: "A 200 without an answer, or with half of one.",
  },
  "502 stream_interrupted": {
    type: "server_error",
    again: true,
    means: "The stream ended early or is damaged.",
  },
  "503 bedrock_unreachable": {
    type: "server_error",
    again: true,
    means:
      "No connection, or none that lasts, or nobody there who speaks HTTP. With a certificate as the cause: not to be tried again.",
  },
  "503 model_not_ready": { type: "server_error", again: true, means: "An imported model is still starting." },
  "503 service_unavailable": { type: "server_error", again: true, means: "AWS has no capacity." },
  "504 timeout": {
    type: "server_error",
    again: true,
    means: "Nothing came within `timeouts.firstByte` or `timeouts.idle`.",
  },
};
