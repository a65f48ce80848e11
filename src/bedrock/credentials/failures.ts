import { BedrockOpenAIError } from "../../errors.ts";

const UNAUTHENTICATED = { type: "authentication_error", headers: { "x-should-retry": "false" } };

/** Nobody was found to call AWS as, so that AWS was not even asked. */
export const credentialsMissing = (message: string, cause?: unknown): BedrockOpenAIError =>
  new BedrockOpenAIError(401, message, { ...UNAUTHENTICATED, code: "aws_credentials_missing", cause });

/** Its name is the operator's own: `doctor` tells it, an answer does not. */
export const profileMissing = (cause: unknown): BedrockOpenAIError =>
  credentialsMissing(
    "The AWS profile that the option `profile` of this server names was not found or gives no credentials. Beside it, keys of the " +
      "environment are not used.",
    cause,
  );

/** Those that were found can be sent to nobody. */
export const credentialsBroken = (message: string): BedrockOpenAIError =>
  new BedrockOpenAIError(401, message, { ...UNAUTHENTICATED, code: "aws_credentials_error" });

/** AWS gave no credentials for a role. */
export const roleRefused = (message: string, cause: unknown): BedrockOpenAIError =>
  new BedrockOpenAIError(401, message, { ...UNAUTHENTICATED, code: "aws_role_refused", cause });

/** They may be there a moment later. */
export const notNow = (message: string, code: string, cause: unknown): BedrockOpenAIError =>
  new BedrockOpenAIError(503, message, {
    type: "server_error",
    code,
    headers: { "x-should-retry": "true", "retry-after": "2" },
    cause,
  });

/** A function of the operator's failed; what it says is his, and no caller's. */
export const credentialsUnavailable = (option: string, thrown: unknown): BedrockOpenAIError =>
  BedrockOpenAIError.isInstance(thrown)
    ? thrown
    : notNow(
        `The function that the option \`${option}\` of this server is failed.`,
        "aws_credentials_unavailable",
        thrown,
      );
