import type { BedrockOpenAIOptions } from "../../options.ts";
import { brokenIn } from "./broken-key.ts";
import { endDate } from "./end-date.ts";
import { isCredentials, isText } from "./is-credentials.ts";
import { rolesIn } from "./roles-in.ts";
import { roleFault } from "./role-fault.ts";

/** Who calls AWS. */
export type Access = Pick<
  BedrockOpenAIOptions,
  "credentials" | "profile" | "apiKey" | "role" | "webIdentityToken" | "client"
>;

type Check = (access: Access) => string | false | undefined;

/** Where a token lies that is renewed there. */
function placeOf(token: Access["webIdentityToken"]): unknown {
  if (typeof token !== "object" || token === null) return undefined;
  return "file" in token ? token.file : token.env;
}

const isWebIdentity = (token: Access["webIdentityToken"]): boolean => {
  if (typeof token === "function") return true;
  return isText(token) || isText(placeOf(token));
};

const CHECKS: readonly Check[] = [
  // A variable that is set and empty would silently call as whoever the environment names, and bill them.
  (access) => {
    const empty = (["apiKey", "profile"] as const).find((each) => access[each] === "");
    return empty && `'${empty}' is empty; leave it out to call as the environment says`;
  },
  ({ credentials }) =>
    credentials !== undefined &&
    !isCredentials(credentials) &&
    "'credentials' must be AWS credentials, { accessKeyId, secretAccessKey }, or a function that provides them",
  ({ apiKey, credentials }) => {
    const broken = brokenIn({ token: apiKey }) ?? brokenIn(credentials ?? {});
    const name = broken === "token" ? "apiKey" : `credentials.${broken}`;
    return broken && `'${name}' holds a line break, a blank or what else no key has`;
  },
  ({ credentials }) => endDate(credentials ?? {}) === null && "'credentials.expiration' is no date",
  ({ role }) =>
    role !== undefined &&
    (rolesIn(role).length === 0 ||
      !rolesIn(role).every((each) => typeof each === "object" && each !== null)) &&
    "'role' must be a role, { arn }, or a list of them",
  ({ role }) => roleFault(rolesIn(role)),
  ({ webIdentityToken: token }) =>
    token !== undefined &&
    !isWebIdentity(token) &&
    "'webIdentityToken' must be a token, { file }, { env } or a function that gets a token",
  ({ webIdentityToken, role }) =>
    webIdentityToken !== undefined &&
    role === undefined &&
    "'webIdentityToken' needs the 'role' that it is for",
  ({ webIdentityToken, ...others }) => {
    const other = (["credentials", "profile"] as const).find((each) => others[each] !== undefined);
    return webIdentityToken !== undefined && other && `'webIdentityToken' and '${other}' exclude each other`;
  },
  ({ webIdentityToken, role }) => {
    const [first] = rolesIn(role);
    const lost = (["externalId", "tags"] as const).find((each) => first?.[each] !== undefined);
    return (
      webIdentityToken !== undefined && lost && `a role that a web identity takes on can have no '${lost}'`
    );
  },
  ({ apiKey, role }) =>
    apiKey !== undefined &&
    role !== undefined &&
    "'role' and 'apiKey' exclude each other: no key takes on a role",
  ({ client, role }) =>
    client !== undefined &&
    role !== undefined &&
    "'role' and 'client' exclude each other: give the client its credentials",
];

/** What is wrong with who calls, in the words of its complaint; undefined where nothing is. */
export function accessFault(access: Access): string | undefined {
  for (const check of CHECKS) {
    const fault = check(access);
    if (fault) return fault;
  }
  return undefined;
}
