import { AwsError } from "../aws-error.ts";
import { EMULATOR_CREDENTIALS, type KeyPair } from "./credentials.ts";
import { isSigV4, parseSigV4, sha256, sigV4Parameters, signature } from "./sigv4.ts";
import type { SigV4Authorization, SignedMessage } from "./sigv4.ts";

export interface AuthorizationContext extends SignedMessage {
  region: string;
  modelId?: string | undefined;
  /** The only service that a signature may be scoped to. */
  service: "bedrock" | "bedrock-mantle";
  /** Whether an API key may come as `x-api-key`. */
  apiKeyHeader?: boolean;
  /** The only access key that is taken. Default: all of the right shape, and `EMULATOR_CREDENTIALS` proven. */
  credentials?: KeyPair | undefined;
  /** Whether only a signature will do. */
  signedOnly?: boolean;
}

/** Access keys that stand for a state of the account, by their beginning. */
const KEYS_IN_TROUBLE: [prefix: string, error: (context: AuthorizationContext) => AwsError][] = [
  [
    "EXPIRED",
    () => new AwsError("ExpiredTokenException", "The security token included in the request is expired"),
  ],
  ["AKIAINVALID", unrecognizedClient],
  ["AKIADENIED", accessDenied],
];

/** What no access key is called, nobody has. Source: IAM's API reference, AccessKey; ids of less than 16 letters are for tests. */
const ACCESS_KEY_ID = /^\w+$/;

const WRONG_SIGNATURE =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access " +
  "Key and signing method. Consult the service documentation for details.";

/**
 * Refuses, with AWS's exception, a request that carries neither SigV4 for its service nor an API key, or an API key
 * where none is taken.
 */
export function authorize(context: AuthorizationContext): void {
  const header = context.headers["authorization"] ?? "";
  if (/^Bearer +\S/i.test(header) || (context.apiKeyHeader && context.headers["x-api-key"])) {
    if (context.signedOnly) throw unrecognizedClient();
    return;
  }
  if (!isSigV4(header)) {
    throw new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token");
  }
  const authorization = readAuthorization(header, context);
  if (!ACCESS_KEY_ID.test(authorization.accessKeyId)) throw unrecognizedClient();
  for (const [prefix, error] of KEYS_IN_TROUBLE) {
    if (authorization.accessKeyId.startsWith(prefix)) throw error(context);
  }
  verify(authorization, context);
}

function readAuthorization(header: string, { headers, service }: AuthorizationContext): SigV4Authorization {
  const parameters = sigV4Parameters(header);
  const missing = ["Credential", "Signature", "SignedHeaders"].filter((name) => !parameters[name]);
  if (!headers["x-amz-date"] && !headers["date"]) missing.push("X-Amz-Date");
  if (missing.length > 0) {
    const needs = missing.map((name) => `Authorization header requires '${name}' parameter.`).join(" ");
    throw new AwsError("IncompleteSignatureException", `${needs} Authorization=${header.split(" ")[0]}`);
  }
  const authorization = parseSigV4(parameters);
  if (!authorization) throw incomplete("Credential must have exactly 5 slash-delimited elements.");
  if (authorization.service !== service) {
    throw invalidSignature(`Credential should be scoped to correct service: '${service}'.`);
  }
  if (!authorization.signedHeaders.some((name) => name === "host" || name === ":authority")) {
    throw invalidSignature("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  if (!/^[0-9a-f]{64}$/.test(authorization.signature)) throw invalidSignature(WRONG_SIGNATURE);
  return authorization;
}

function verify(authorization: SigV4Authorization, message: AuthorizationContext): void {
  const announced = message.headers["x-amz-content-sha256"];
  if (announced && announced !== "UNSIGNED-PAYLOAD" && announced !== sha256(message.body)) {
    throw invalidSignature(WRONG_SIGNATURE);
  }
  const { accessKeyId, secretAccessKey } = message.credentials ?? EMULATOR_CREDENTIALS;
  if (authorization.accessKeyId !== accessKeyId) {
    if (message.credentials) throw unrecognizedClient();
    return;
  }
  if (signature(secretAccessKey, authorization, message) !== authorization.signature) {
    throw invalidSignature(WRONG_SIGNATURE);
  }
}

function accessDenied({ region, modelId = "unknown" }: AuthorizationContext): AwsError {
  return new AwsError(
    "AccessDeniedException",
    "User: arn:aws:sts::123456789012:assumed-role/app/session is not authorized to perform: bedrock:InvokeModel on " +
      `resource: arn:aws:bedrock:${region}::foundation-model/${modelId} because no identity-based policy allows the ` +
      "bedrock:InvokeModel action",
  );
}

function unrecognizedClient(): AwsError {
  return new AwsError(
    "UnrecognizedClientException",
    "The security token included in the request is invalid.",
  );
}

function incomplete(message: string): AwsError {
  return new AwsError("IncompleteSignatureException", message);
}

function invalidSignature(message: string): AwsError {
  return new AwsError("InvalidSignatureException", message);
}
