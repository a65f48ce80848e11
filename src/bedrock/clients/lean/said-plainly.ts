import type { loadSharedConfigFiles } from "@smithy/core/config";
import type { ResolvedOptions } from "../../../options.ts";
import { isPipe, sharedFiles } from "../shared-files.ts";
import { loadConfigReader } from "./sdk-parts.ts";

const { readFileSync } = process.getBuiltinModule("node:fs");

/** Variables that say who calls, from where, and on which of AWS's machines, or that others than the SDK's client read. */
const PLAIN_VARIABLES: readonly RegExp[] = [
  /^AWS_(DEFAULT_)?REGION$/i,
  /^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|CREDENTIAL_EXPIRATION|CREDENTIAL_SCOPE|ACCOUNT_ID)$/i,
  /^AWS_BEARER_TOKEN_BEDROCK$/i,
  /^AWS_(PROFILE|CONFIG_FILE|SHARED_CREDENTIALS_FILE)$/i,
  /^AWS_(ROLE_ARN|ROLE_SESSION_NAME|WEB_IDENTITY_TOKEN_FILE|STS_REGIONAL_ENDPOINTS)$/i,
  /^AWS_(EXECUTION_ENV$|CONTAINER_|EC2_METADATA_|LAMBDA_|XRAY_)/i,
  /^AWS_(CA_BUNDLE|PAGER|DEFAULT_OUTPUT|OUTPUT|VAULT)$|^AWS_CLI_/i,
  /_(S3|BUCKET|DYNAMODB|TABLE|SQS|QUEUE|SNS|TOPIC|SES|KMS|COGNITO|CLOUDFRONT|CLOUDWATCH)(_|$)/i,
];

/** Settings of a profile that say nothing else either. */
const PLAIN_SETTINGS: readonly RegExp[] = [
  /^(region|output|cli_.*|sso_.*)$/i,
  /^aws_(access_key_id|secret_access_key|session_token|account_id|credential_scope)$/i,
  /^(role_arn|role_session_name|source_profile|credential_source|external_id|mfa_serial|duration_seconds)$/i,
  /^(web_identity_token_file|credential_process|login_session)$/i,
];

const isAmong = (patterns: readonly RegExp[], name: string): boolean =>
  patterns.some((pattern) => pattern.test(name));

type Said = Pick<ResolvedOptions, "client" | "profile" | "fips" | "dualStack">;

/**
 * Whether options and environment say nothing that the SDK's client understands better than we do. What is not known here, such as a variable
 * of a newer SDK, is left to it.
 */
export const isPlainlySaid = ({ client, profile, fips, dualStack }: Said): boolean =>
  !client &&
  !profile &&
  !fips &&
  !dualStack &&
  Object.keys(process.env).every((name) => !/^AWS_/i.test(name) || isAmong(PLAIN_VARIABLES, name));

/** Whether the same holds for the shared configuration files. Where something is written there, the SDK reads it. */
export async function isPlainlyConfigured(): Promise<boolean> {
  if (sharedFiles().every(isEmpty)) return true;
  const reader = loadConfigReader();
  if (!reader) return false;
  const { loadSharedConfigFiles, getProfileName } = reader;
  return isProfilePlain(await loadSharedConfigFiles(), getProfileName({}));
}

/** Also where there is none, or none that may be read: so it is to the SDK. A pipe is left for the SDK to read. */
function isEmpty(file: string): boolean {
  try {
    return !isPipe(file) && readFileSync(file, "utf8").trim() === "";
  } catch {
    return true;
  }
}

type Files = Awaited<ReturnType<typeof loadSharedConfigFiles>>;

/** Whether they say nothing more. */
export const isProfilePlain = ({ configFile, credentialsFile }: Files, profile: string): boolean =>
  [configFile, credentialsFile].every((file) =>
    Object.keys(file[profile] ?? {}).every((name) => isAmong(PLAIN_SETTINGS, name)),
  );
