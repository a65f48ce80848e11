import { aliasOf, IDENTITY, isOwnServer, type ModelAliases, type ModelEntry } from "./aliases.ts";
import { faultOfOthers } from "./check-others.ts";
import { isRegion } from "./region.ts";
import { isCredentials, isText } from "../credentials/is-credentials.ts";
import { rolesIn } from "../credentials/roles-in.ts";
import { roleFault } from "../credentials/role-fault.ts";

const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isUrl = (value: unknown): boolean =>
  typeof value === "string" && /^https?:$/.test(URL.canParse(value) ? new URL(value).protocol : "");

const OF_TRANSPORT = /^(content-length|transfer-encoding|connection|host)$/i;

function isHeaders(value: unknown): boolean {
  if (!isObject(value) || Object.keys(value as object).some((name) => OF_TRANSPORT.test(name))) return false;
  try {
    return Boolean(new Headers(value as Record<string, string>));
  } catch {
    return false;
  }
}

const isRole = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 && value.every(isRole) : isObject(value);

const isWebIdentity = (value: unknown): boolean => {
  if (isText(value) || typeof value === "function") return true;
  const { file, env } = (isObject(value) ? value : {}) as Record<string, unknown>;
  return isText(file) || isText(env);
};

const areNames = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isText);

const isSpread = (value: unknown): boolean =>
  isObject(value) &&
  Object.keys(value as object).length > 0 &&
  Object.entries(value as object).every(
    ([name, weight]) => isText(name) && Number.isFinite(weight) && (weight as number) > 0,
  );

const HOSTS = ["runtime", "control", "agentRuntime", "mantle"];

const isEndpoint = (value: unknown): boolean =>
  isUrl(value) ||
  (isObject(value) &&
    Object.entries(value as object).every(([host, url]) => HOSTS.includes(host) && isUrl(url)));

/** What each member of an entry may be, and how that is said. */
const MEMBERS: Readonly<Record<keyof ModelEntry, readonly [(value: unknown) => boolean, string]>> = {
  model: [isText, "a model string"],
  modelId: [isText, "an id or ARN"],
  surface: [
    (value) => ["converse", "invoke", "openai", "converse-like"].includes(String(value)),
    "'converse', 'invoke', 'openai' or 'converse-like'",
  ],
  family: [isText, "a base id"],
  region: [(value) => isText(value) && isRegion(String(value)), "an AWS Region"],
  credentials: [isCredentials, "AWS credentials or a function that provides them"],
  profile: [isText, "the name of a profile"],
  endpoint: [isEndpoint, `an http(s) URL, or one for each of ${HOSTS.join(", ")}`],
  url: [isUrl, "an http(s) URL"],
  streamUrl: [isUrl, "an http(s) URL"],
  role: [isRole, "a role, { arn }, or a list of them"],
  webIdentityToken: [isWebIdentity, "a token, { file }, { env } or a function that gets a token"],
  apiKey: [(value) => isText(value) || typeof value === "function", "a text or a function that gets one"],
  headers: [isHeaders, "an object of header names and texts, without those of the transport"],
  defaults: [isObject, "an object of parameters"],
  fallbacks: [areNames, "a list of model strings"],
  spread: [isSpread, "an object of model strings and their weights, each a positive number"],
};

/**
 * Says at the start what would otherwise fail for every caller.
 * @throws TypeError for an entry that leads nowhere.
 */
export function checkEntries(models: ModelAliases = {}): void {
  for (const [name, entry] of Object.entries(models)) {
    const fault =
      faultOf(typeof entry === "string" ? { model: entry } : entry) ??
      (goesRound(name, models)
        ? "it leads back to itself"
        : (faultOfOthers(name, models) ?? misplacedAccess(aliasOf(name, models))));
    if (fault) throw new TypeError(`bedrock-openai: 'models' entry '${name}': ${fault}.`);
  }
}

/** An entry that says more of its own name is no way round. */
function goesRound(name: string, models: ModelAliases): boolean {
  const seen = new Set<string>();
  let at = name;
  while (!seen.has(at)) {
    seen.add(at);
    const entry = Object.hasOwn(models, at) ? models[at] : undefined;
    const next = typeof entry === "string" ? entry : entry?.model;
    if (next === undefined || next === at) return false;
    at = next;
  }
  return true;
}

function faultOf(entry: ModelEntry): string | undefined {
  if (!isObject(entry)) return "must be a model string or an object";
  for (const [member, value] of Object.entries(entry)) {
    const known = Object.hasOwn(MEMBERS, member) ? MEMBERS[member as keyof ModelEntry] : undefined;
    if (!known) return `there is no '${member}'; known are ${Object.keys(MEMBERS).join(", ")}`;
    const [isRight, words] = known;
    if (value !== undefined && !isRight(value)) return `'${member}' must be ${words}`;
  }
  if (entry.surface === "converse-like" && entry.url === undefined)
    return "a server of your own needs a 'url'";
  return faultOfAccess(entry);
}

/** Who is not told who calls would call as somebody else. */
function faultOfAccess(entry: ModelEntry): string | undefined {
  const said = IDENTITY.filter((member) => Object.hasOwn(entry, member));
  if (said.length > 1) return `${said.map((member) => `'${member}'`).join(" and ")} exclude each other`;
  const [missing] = isOwnServer(entry) ? [] : said.filter((member) => entry[member] === undefined);
  if (missing) return `'${missing}' is undefined; leave it out to call with the access of the options`;
  return roleFault(rolesIn(entry.role));
}

const OF_AWS = ["credentials", "profile", "role", "webIdentityToken", "endpoint"] as const;

function misplacedAccess(entry: ModelEntry): string | undefined {
  const member = isOwnServer(entry) ? OF_AWS.find((each) => entry[each] !== undefined) : undefined;
  return member && `'${member}' is AWS's, and a server of your own is called with 'apiKey' and 'headers'`;
}
