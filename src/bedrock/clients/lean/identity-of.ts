import type { Awaitable } from "../../../awaitable.ts";
import type { Identity } from "../../courier/thin/identity.ts";
import type { Asking } from "../../credentials/renewing.ts";
import type { Access } from "../client-access.ts";

/** Whoever a call is made as now. @throws What provides it throws. */
export type AskIdentity = () => Awaitable<Identity>;

const KEY_VARIABLE = "AWS_BEARER_TOKEN_BEDROCK";

/** Whether calls prove themselves by an API key. As the SDK has it, one of the environment comes before credentials that nobody names. */
export const isByKey = ({ token, authSchemePreference }: Access): boolean =>
  authSchemePreference ? token !== undefined : KEY_VARIABLE in process.env;

/** An API key, as the SDK's client knows it. */
export function keyOf({ token }: Access): AskIdentity {
  if (typeof token === "function") return token as AskIdentity;
  if (token) return () => token;
  return () => ({ token: process.env[KEY_VARIABLE], $source: { BEARER_SERVICE_ENV_VARS: "3" } }) as Identity;
}

/**
 * Credentials that are said outright, with what the SDK notes of where they are from: nobody has to be asked for them.
 * Undefined where it is otherwise.
 */
export function plainCredentials({ credentials }: Access): AskIdentity | undefined {
  if (typeof credentials === "function") return undefined;
  if (credentials) return asGiven(credentials);
  const said = ofEnvironment();
  return said && (() => said);
}

/**
 * Those of the environment as the SDK's client is given them: what has called so far goes on calling, whatever stands there meanwhile, until
 * AWS takes it no longer.
 */
export function keptCredentials(plain: AskIdentity): NonNullable<Access["credentials"]> {
  const credentials = async ({ forceRefresh }: Asking = {}): Promise<Identity> =>
    (forceRefresh && ofEnvironment()) || plain();
  return credentials as NonNullable<Access["credentials"]>;
}

const KEYS = ["accessKeyId", "secretAccessKey", "sessionToken"] as const;

type Keys = Record<(typeof KEYS)[number], unknown>;

/** Whoever gives them may write others there, which the SDK signs with from then on. */
function asGiven(credentials: Identity): AskIdentity {
  let last = marked(credentials);
  const isStill = (): boolean => KEYS.every((key) => (last as Keys)[key] === (credentials as Keys)[key]);
  return () => (isStill() ? last : (last = marked(credentials)));
}

function marked(credentials: Identity): Identity {
  const { $source = {} } = credentials;
  return Object.keys($source).length > 0
    ? credentials
    : { ...credentials, $source: { CREDENTIALS_CODE: "e" } };
}

/** A profile comes before keys of the environment, and what ends is the SDK's affair. */
function ofEnvironment(): Identity | undefined {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_CREDENTIAL_SCOPE: credentialScope,
    AWS_ACCOUNT_ID: accountId,
    AWS_CREDENTIAL_EXPIRATION: end,
    AWS_PROFILE: profile,
  } = process.env;
  if (!accessKeyId || !secretAccessKey || profile || end) return undefined;
  const given = {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    ...(credentialScope && { credentialScope }),
    ...(accountId && { accountId }),
    $source: { CREDENTIALS_ENV_VARS: "g" },
  };
  return given as Identity;
}
