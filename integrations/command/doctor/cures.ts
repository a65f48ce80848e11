import type { Told } from "../call-handler.ts";

/** The part of an SDK or network error that we read. */
interface Failure {
  name?: string;
  message?: string;
  code?: string;
}

type Cure = string | ((failure: Failure, message: string) => string);

const NAME_REGION = "Name a Region: --region us-east-1, or AWS_REGION.";

/** What to do about an error, by its `code`. */
const BY_CODE: Readonly<Record<string, Cure>> = {
  aws_region_missing: NAME_REGION,
  aws_region_invalid: NAME_REGION,
  aws_credentials_error: credentialsCure,
  aws_credentials_missing: credentialsCure,
  aws_credentials_unavailable: "Look at the function that provides the credentials, and try again.",
  aws_role_refused: (failure) => roleCure(failure),
  aws_sts_unavailable: "Check the way to AWS STS: the Region, AWS_ENDPOINT_URL_STS, a firewall or proxy.",
  model_not_available: (failure, message) => listCure(message) ?? permissionCure(failure),
  model_agreement_pending:
    "Open the model in the Bedrock console's model catalogue, accept its agreement, and wait some minutes.",
  inference_profile_required: "Use one of the profiles that are named there as the model.",
  model_not_found:
    "See what this account can call with `bedrock-openai models`, in another Region with --region. Anthropic's " +
    "models also want their use case form in the Bedrock console.",
  rate_limit_exceeded: "Access is fine; AWS is throttling. Try again in a moment, or have the quota raised.",
  insufficient_quota: "Raise the quota for this model in AWS's Service Quotas console.",
  service_unavailable:
    "Nothing to do here: AWS has no capacity now. Try again, or use a cross-Region profile.",
  model_not_ready: "The model is starting. Try again in a minute.",
  timeout: "AWS did not answer in time. Try again, and look at the network if that goes on.",
  bedrock_unreachable: (failure) => networkCure(failure),
};

/** By AWS's or the SDK's word for what is wrong with credentials, which its text tells apart. */
const CREDENTIALS: readonly (readonly [pattern: RegExp, cure: string])[] = [
  [
    /^Error E[A-Z]+: .*, (open|read)\b/,
    "Check that the file is there, and that whoever runs the server may read it. AWS_WEB_IDENTITY_TOKEN_FILE or the profile names it.",
  ],
  [
    /holds a line break/,
    "Take the line break or blank out of the variable, or out of the file that it is set from.",
  ],
  [/sso|aws login/i, "Sign in again: `aws sso login` (or `aws login`) with the same profile."],
  [
    /CredentialsProviderError|could not load credentials/i,
    "Run `aws configure` or `aws sso login`, name a profile with --profile, or set " +
      "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_BEARER_TOKEN_BEDROCK.",
  ],
  [
    /signature (expired|not yet current)|RequestExpired|RequestTimeTooSkewed/i,
    "The clock of this machine is wrong. Set it by the network (NTP).",
  ],
  [/expired/i, "The credentials have expired. Renew them: `aws sso login`, or a new AWS_SESSION_TOKEN."],
  [
    /api key|bearer token|authentication failed/i,
    "AWS refused the Bedrock API key. Make a new one in the Bedrock console, for this Region.",
  ],
  [
    /scoped to a valid region/i,
    "The credentials are for another Region. Name theirs with --region, or make a key for this one.",
  ],
  [
    /signature/i,
    "The secret does not belong to the access key. Check AWS_SECRET_ACCESS_KEY, and the clock of this machine.",
  ],
  [
    /UnrecognizedClient|InvalidClientTokenId/i,
    "AWS does not know these credentials. Check the access key and, for temporary ones, AWS_SESSION_TOKEN; see that " +
      "the account has enabled the Region.",
  ],
];

function credentialsCure({ name = "", message = "" }: Failure, told: string): string {
  const found = CREDENTIALS.find(([pattern]) => pattern.test(message === "" ? told : `${name} ${message}`));
  return found?.[1] ?? "Check that credentials are set, valid for Bedrock and not expired.";
}

/** By AWS STS's word for its refusal. */
const ROLES: readonly (readonly [pattern: RegExp, cure: string])[] = [
  [/^Expired/, "Renew what takes the role on: the web identity token, or the credentials."],
  [
    /^(InvalidIdentityToken|IDPRejected)/,
    "Compare the token's issuer and audience with the role's trust policy.",
  ],
  [/^(InvalidClientTokenId|SignatureDoesNotMatch)/, "Check the credentials that take the role on."],
  [/^RegionDisabled/, "Have the role's account enable AWS STS in this Region, or name another: --region."],
];

function roleCure({ name = "" }: Failure): string {
  const found = ROLES.find(([pattern]) => pattern.test(name));
  return (
    found?.[1] ??
    "Have the role's trust policy name who takes it on (with the external id, if it asks for one), and their IAM policy allow " +
      "sts:AssumeRole on it."
  );
}

/** Several lists may be closed, and the handler names them all. */
function listCure(message: string): string | undefined {
  const [, actions] = /may not list models\. Allow ([^.]+)\.$/.exec(message) ?? [];
  return actions === undefined ? undefined : `Have an IAM policy allow ${actions} on *.`;
}

const ACTION = /perform: ([\w-]+:\w+)/;
const RESOURCE = /on resource: (\S+)/;

function permissionCure({ message = "" }: Failure): string {
  const [, action] = ACTION.exec(message) ?? [];
  const [, resource = "*"] = RESOURCE.exec(message) ?? [];
  if (action === undefined)
    return "Open the model in the Bedrock console's model catalogue and request access, then allow bedrock:InvokeModel.";
  const what = `${action} on ${resource.replace(/[.,;]$/, "")}`;
  return /explicit deny|service control policy/i.test(message)
    ? `A policy denies it. Have the administrator lift the deny of ${what}.`
    : `Have an IAM policy allow ${what}.`;
}

/** By Node's code for what happened on the way. */
const NETWORK: readonly (readonly [pattern: RegExp, cure: string])[] = [
  [
    /ENOTFOUND|EAI_AGAIN/,
    "The host's name is not known. Check the Region, the endpoint and this machine's DNS.",
  ],
  [/ECONNREFUSED/, "Nothing listens there. Check --endpoint."],
  [
    /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_/,
    "The certificate is not trusted. Name your company's with NODE_EXTRA_CA_CERTS.",
  ],
];

function networkCure({ code = "" }: Failure): string {
  const found = NETWORK.find(([pattern]) => pattern.test(code));
  return (
    found?.[1] ?? "Check the network, the Region and the endpoint: a firewall or proxy may be in the way."
  );
}

const toFailure = (cause: unknown): Failure => (cause instanceof Error ? cause : {});

/** What a person can do about a failure, in one line; undefined where nobody knows. */
export function cureOf({ error, cause }: Pick<Told, "error" | "cause">): string | undefined {
  const cure = BY_CODE[error?.code ?? ""];
  return typeof cure === "function" ? cure(toFailure(cause), error?.message ?? "") : cure;
}

/** Said where the SDK has looked everywhere. */
export const NOTHING_FOUND = "No AWS credentials were found.";

/** What happened, as AWS, its SDK or the network words it where that is nearer to the matter than the handler's words. */
export function detailOf({ error, cause }: Pick<Told, "error" | "cause">): string {
  const { message = "" } = error ?? {};
  const own = firstLine(toFailure(cause).message ?? "");
  switch (error?.code) {
    case "aws_region_missing":
      return "No AWS Region is configured.";
    case "aws_credentials_error":
    case "aws_credentials_missing":
      if (own === "") return message;
      return /^could not load credentials/i.test(own) ? NOTHING_FOUND : own;
    case "bedrock_unreachable":
      return own === "" ? message : `Bedrock could not be reached: ${own}.`;
    case "model_not_available":
      return message.split(" Allow ", 1)[0] ?? message;
    default:
      return message;
  }
}

/** Of AWS's longer messages the rest is what was signed. */
const firstLine = (text: string): string => (text.split("\n", 1)[0] ?? "").slice(0, 300);
