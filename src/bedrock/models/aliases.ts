import type { BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import { mergedHeaders } from "../../http/merged-headers.ts";
import type { ApiKeyProvider, Role, WebIdentityToken } from "../clients/identity.ts";
import { matchPattern } from "./pattern.ts";

/** What the operator says of a model: see the option `models`. */
export interface ModelEntry {
  /**
   * The model that requests go to, as a caller would name it. A `*` in it stands for what the alias's own `*` matched.
   * Default: the name itself.
   */
  model?: string;
  /** Id or ARN for the URL, where the model is called by another: a provisioned throughput, an application profile. */
  modelId?: string;
  /** Default: by the model; with a `url`, `converse-like`, a server of your own. `openai` is AWS's native endpoint. */
  surface?: "converse" | "invoke" | "openai" | "converse-like";
  /** The base id of the model that an ARN hides: `meta.llama3-1-8b-instruct-v1:0`. Spares asking AWS. */
  family?: string;
  /** AWS Region of this model. Default: the ARN's, then the option `region`. */
  region?: string;
  /**
   * AWS credentials of this model's own account, or a provider of them, such as `fromTemporaryCredentials(…)`. Who calls is
   * said by one of `credentials`, `profile`, `apiKey` and `webIdentityToken`, and replaces what the options say. Default: the
   * options.
   */
  credentials?: NonNullable<BedrockRuntimeClientConfig["credentials"]>;
  /** A profile of the shared AWS configuration files, which says who calls for this model. */
  profile?: string;
  /**
   * A role to take on for this model, or several, each by the one before: by this entry's own access, or else by that of the
   * options, in the place of their `role`. Default: none beside access of its own, else that of the options.
   */
  role?: Role | readonly Role[];
  /** Takes on the (first) `role` of this entry by this OpenID Connect token. */
  webIdentityToken?: WebIdentityToken;
  /** A URL for all Bedrock hosts of this model, or one for each. Default: the option `endpoint`, for each host. */
  endpoint?: string | { runtime?: string; control?: string; agentRuntime?: string; mantle?: string };
  /** Where a server of your own takes a Converse body: posted to as it stands. */
  url?: string;
  /** The same for streams, which it answers with ConverseStream's event stream. Default: `url`. */
  streamUrl?: string;
  /**
   * Without a `url`, a Bedrock API key or what gets one, which says who calls for this model. Otherwise a text, sent to `url` as
   * a bearer token.
   */
  apiKey?: string | ApiKeyProvider;
  /** Sent to `url`, or with every call of this model to AWS, over the option `headers`. */
  headers?: Record<string, string>;
  /** Parameters for requests that do not set them: `{ temperature: 0.2 }`. */
  defaults?: Record<string, unknown>;
  /**
   * Other model strings that requests go to when this one is throttled, not available or not to be had, in their order:
   * `['claude-in-europe', 'us.amazon.nova-pro-v1:0']`. Never once a piece of the answer has gone to the caller.
   */
  fallbacks?: readonly string[];
  /**
   * In the place of `model`: model strings that requests are spread over, each as often as its weight says,
   * `{ 'claude-east': 3, 'claude-west': 1 }`. The others are tried when one fails. Requests with the same `prompt_cache_key` meet
   * the same one.
   */
  spread?: Readonly<Record<string, number>>;
}

export type ModelAliases = Readonly<Record<string, string | ModelEntry>>;

/** Each of them says who calls AWS, and so only one of them counts. */
export const IDENTITY = ["credentials", "profile", "apiKey", "webIdentityToken"] as const;

/** LiteLLM's words before a name of the operator's own. */
const PREFIXES = [/^bedrock\//, /^(bedrock\/)?converse_like\//];

/** The names that can be listed: neither a pattern is one, nor a `claude#2`, which is one of those behind `claude`. */
export const namesOf = (aliases: ModelAliases = {}): string[] =>
  Object.keys(aliases).filter((name) => !/[*#]/.test(name));

/** Names of headers, in lower case, that the operator has sent with whatever call. */
export const headerNamesOf = (said: {
  headers?: Record<string, string>;
  models?: ModelAliases;
}): Set<string> =>
  new Set(
    [said, ...Object.values(said.models ?? {})].flatMap((each) =>
      typeof each === "string" ? [] : Object.keys(mergedHeaders(each.headers)),
    ),
  );

/**
 * What the operator says of a name, then of the name that it leads to, and so on. The name itself comes before patterns, and of
 * those the first that matches; `*` stands for any characters and case is not looked at, so `gpt-*` is not
 * `openai.gpt-oss-120b-1:0`.
 */
export function aliasesOf(name: string, aliases?: ModelAliases): ModelEntry[] {
  const entries: ModelEntry[] = [];
  if (!aliases) return entries;
  const seen = new Set<string>();
  let model: string | undefined = name;
  while (model !== undefined && !seen.has(model)) {
    seen.add(model);
    const found = findAlias(model, aliases);
    if (!found) break;
    entries.push(found);
    model = found.model;
  }
  return entries;
}

/**
 * All of it as one; who is asked for by name knows better than what he leads to. A name that is spread is its first member:
 * so it stands wherever nothing is to be sent to the others.
 */
export function aliasOf(
  name: string,
  aliases?: ModelAliases,
  met: ReadonlySet<string> = new Set(),
): ModelEntry {
  const said = saidOf(name, aliases);
  const [member] = Object.keys(said.spread ?? {});
  return member === undefined || met.has(member)
    ? said
    : aliasOf(member, aliases, new Set(met).add(name).add(member));
}

/** The same of the name itself, its members left alone. */
export function saidOf(name: string, aliases?: ModelAliases): ModelEntry {
  const entries = aliasesOf(name, aliases);
  const model = entries.at(-1)?.model ?? name;
  const entry = Object.assign({}, ...entries.toReversed(), { model }) as ModelEntry;
  const caller = isOwnServer(entry) ? undefined : entries.find(saysWhoCalls);
  // Two entries may say who calls in different ways, and the nearer one alone is meant.
  if (caller) {
    for (const member of IDENTITY) if (caller[member] === undefined) delete entry[member];
    // Nor is a role meant that others take on.
    const near = entries.slice(0, entries.indexOf(caller) + 1).find(({ role }) => role !== undefined);
    if (!near) delete entry.role;
  }
  return entry;
}

/** An entry with what is said for one call alone. */
export function withOwn(entry: ModelEntry, own: ModelEntry | undefined): ModelEntry {
  if (!own) return entry;
  // Who calls AWS is nobody to a server of the operator's, and a key for AWS is not to be shown there.
  const headers = mergedHeaders(entry.headers, own.headers);
  const sent = Object.keys(headers).length > 0 ? { headers } : {};
  if (isOwnServer(entry) && own.url === undefined) return { ...entry, ...withoutAccess(own), ...sent };
  const said = { ...entry };
  if (saysWhoCalls(own)) for (const member of [...IDENTITY, "role"] as const) delete said[member];
  return { ...said, ...own, ...sent };
}

function withoutAccess(own: ModelEntry): ModelEntry {
  const others = { ...own };
  for (const member of [...IDENTITY, "role", "region", "endpoint"] as const) delete others[member];
  return others;
}

const saysWhoCalls = (entry: ModelEntry): boolean => IDENTITY.some((member) => entry[member] !== undefined);

/** Requests go to a server of the operator's, not to AWS. */
export const isOwnServer = ({ surface, url }: ModelEntry): boolean =>
  surface === undefined ? url !== undefined : surface === "converse-like";

/** A name as it stands, and as it would without LiteLLM's words; the second is the one that patterns are held against. */
export const spellingsOf = (name: string): string[] => [
  name,
  ...PREFIXES.map((prefix) => name.replace(prefix, "")),
];

/** What is said of this very name; undefined for a name that the operator says nothing of. */
export function findAlias(name: string, aliases: ModelAliases = {}): ModelEntry | undefined {
  const names = spellingsOf(name);
  for (const said of names) if (Object.hasOwn(aliases, said)) return toEntry(aliases[said]!, said);
  const bare = names[1]!;
  for (const [pattern, entry] of Object.entries(aliases)) {
    const matched = pattern.includes("*")
      ? matchPattern(pattern.toLowerCase(), bare.toLowerCase())
      : undefined;
    if (matched) return filled(toEntry(entry, bare), bare.slice(matched.from, matched.to));
  }
  return undefined;
}

const toEntry = (entry: string | ModelEntry, name: string): ModelEntry =>
  typeof entry === "string" ? { model: entry } : { model: name, ...entry };

function filled(entry: ModelEntry, matched: string): ModelEntry {
  const fill = (name: string): string => name.replace("*", () => matched);
  const { model, fallbacks, spread } = entry;
  return {
    ...entry,
    ...(model && { model: fill(model) }),
    ...(fallbacks && { fallbacks: fallbacks.map(fill) }),
    ...(spread && { spread: Object.fromEntries(Object.entries(spread).map(([to, by]) => [fill(to), by])) }),
  };
}
