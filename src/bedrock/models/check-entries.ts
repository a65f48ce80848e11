import type { ModelAliases, ModelEntry } from "./aliases.ts";
import { isRegion } from "./region.ts";

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
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
  url: [isUrl, "an http(s) URL"],
  streamUrl: [isUrl, "an http(s) URL"],
  apiKey: [isText, "a text"],
  headers: [isHeaders, "an object of header names and texts, without those of the transport"],
  defaults: [isObject, "an object of parameters"],
};

/**
 * Says at the start what would otherwise fail for every caller.
 * @throws TypeError for an entry that leads nowhere.
 */
export function checkEntries(models: ModelAliases = {}): void {
  for (const [name, entry] of Object.entries(models)) {
    const fault = typeof entry === "string" ? faultOf({ model: entry }) : faultOf(entry);
    if (fault) throw new TypeError(`bedrock-openai: 'models' entry '${name}': ${fault}.`);
    if (goesRound(name, models))
      throw new TypeError(`bedrock-openai: 'models' entry '${name}': it leads back to itself.`);
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
  const own = entry.surface === "converse-like" && entry.url === undefined;
  return own ? "a server of your own needs a 'url'" : undefined;
}
