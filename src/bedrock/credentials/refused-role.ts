import { BedrockOpenAIError } from "../../errors.ts";
import { redact } from "../errors/redact.ts";
import { isUnreadableFile } from "../errors/unreadable-file.ts";
import { notNow, roleRefused } from "./failures.ts";

/** What to look at, by AWS's word for the refusal. Source: AWS STS's API reference, AssumeRole and AssumeRoleWithWebIdentity. */
const CURES: readonly (readonly [RegExp, string])[] = [
  [
    /^AccessDenied/,
    "Its trust policy must name who takes it on, with the external id and the tags that are sent, and they need sts:AssumeRole.",
  ],
  [/^ExpiredToken/, "What it is taken on by has expired: the web identity token, or the credentials."],
  [
    /^(InvalidIdentityToken|IDPRejectedClaim)/,
    "The web identity token is not one that the role's trust policy and its identity provider accept.",
  ],
  [
    /^(InvalidClientTokenId|SignatureDoesNotMatch|UnrecognizedClient|InvalidSignature)/,
    "AWS does not know the credentials that it is taken on by.",
  ],
  [/^RegionDisabled/, "AWS STS is not enabled in this Region for the role's account."],
  [/^PackedPolicyTooLarge/, "Its session tags are too long."],
  [/^ValidationError/, "Check its ARN, `durationSeconds`, `externalId` and `tags`."],
];

const TRY_AGAIN = /^(Throttling|IDPCommunicationError|InternalFailure|ServiceUnavailable|TimeoutError)/;

interface Failure {
  name?: string;
  message?: string;
  code?: string;
  syscall?: string;
  $metadata?: { httpStatusCode?: number };
}

/** Without the path, which may tell of the account. */
export const roleName = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/**
 * What failed when a role was to be taken on. It names the role and nothing else: neither the account nor who asked. What is to
 * be logged of it is without them too.
 */
export function refusedRole(arn: string, thrown: unknown): unknown {
  const failure = (thrown ?? {}) as Failure;
  const { name = "Error", message = "", code, $metadata } = failure;
  // The credentials that it is taken on by were not found: AWS has refused nothing.
  if (BedrockOpenAIError.isInstance(thrown) || name.endsWith("ProviderError") || isUnreadableFile(failure))
    return thrown;
  const role = `the role '${roleName(arn)}'`;
  const cause = Object.assign(new Error(redact(message, "")), { name, ...(code && { code }) });
  const status = $metadata?.httpStatusCode;
  if (status === undefined || status >= 500 || TRY_AGAIN.test(name))
    return notNow(`AWS STS could not be asked for ${role} (${code ?? name}).`, "aws_sts_unavailable", cause);
  const cure = CURES.find(([pattern]) => pattern.test(name))?.[1] ?? "Check the role.";
  return roleRefused(`AWS STS did not give this server ${role} (${name}). ${cure}`, cause);
}
