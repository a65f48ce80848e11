import type { BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
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
  /** A role to take on for this model, or several, each by the one before. Default: none beside access of its own, else that of the options. */
  role?: Role | readonly Role[];
  /** Takes on the (first) `role` by this OpenID Connect token. */
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
  /** Sent to `url`. */
  headers?: Record<string, string>;
  /** Parameters for requests that do not set them: `{ temperature: 0.2 }`. */
  defaults?: Record<string, unknown>;
  /**
   * Other names of models that requests go to when this one is throttled, not available or not to be had, in their order:
   * `['claude-in-europe', 'us.amazon.nova-pro-v1:0']`. Never once a piece of the answer has gone to the caller.
   */
  fallbacks?: readonly string[];
  /** In the place of `model`: names that requests are spread over, each as often as its weight says, `{ 'claude-east': 3, 'claude-west': 1 }`. */
  spread?: Readonly<Record<string, number>>;
}

export type ModelAliases = Readonly<Record<string, string | ModelEntry>>;

/** Each of them says who calls AWS, and so only one of them counts. */
export const IDENTITY = ["credentials", "profile", "apiKey"] as const;

/** LiteLLM's words before a name of the operator's own. */
const PREFIXES = [/^bedrock\//, /^(bedrock\/)?converse_like\//];

/** The names that can be listed: a pattern is not one. */
export const namesOf = (aliases: ModelAliases = {}): string[] =>
  Object.keys(aliases).filter((name) => !name.includes("*"));

/**
 * What the operator says of a name, then of the name that it leads to, and so on. The name itself comes before patterns, and of
 * those the first that matches; `*` stands for any characters and case is not looked at, so `gpt-*` is not
 * `openai.gpt-oss-120b-1:0`.
 */
export function aliasesOf(name: string, aliases?: ModelAliases): ModelEntry[] {
  const entries: ModelEntry[] = [];
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

/** All of it as one; who is asked for by name knows better than what he leads to. */
export function aliasOf(name: string, aliases?: ModelAliases): ModelEntry {
  const entries = aliasesOf(name, aliases);
  const model = entries.at(-1)?.model ?? name;
  const entry = Object.assign({}, ...entries.toReversed(), { model }) as ModelEntry;
  const caller = isOwnServer(entry) ? undefined : entries.find(saysWhoCalls);
  // Two entries may say who calls in different ways, and the nearer one alone is meant.
  if (caller) for (const member of IDENTITY) if (caller[member] === undefined) delete entry[member];
  return entry;
}

/** An entry with what is said for one call alone. */
export function withOwn(entry: ModelEntry, own: ModelEntry | undefined): ModelEntry {
  if (!own) return entry;
  const said = { ...entry };
  if (saysWhoCalls(own)) for (const member of IDENTITY) delete said[member];
  return { ...said, ...own };
}

const saysWhoCalls = (entry: ModelEntry): boolean => IDENTITY.some((member) => entry[member] !== undefined);

/** Requests go to a server of the operator's, not to AWS. */
export const isOwnServer = ({ surface, url }: ModelEntry): boolean =>
  surface === undefined ? url !== undefined : surface === "converse-like";

/** What is said of this very name; undefined for a name that the operator says nothing of. */
export function findAlias(name: string, aliases: ModelAliases = {}): ModelEntry | undefined {
  const names = [name, ...PREFIXES.map((prefix) => name.replace(prefix, ""))];
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

const filled = (entry: ModelEntry, matched: string): ModelEntry => ({
  ...entry,
  ...(entry.model && { model: entry.model.replace("*", () => matched) }),
});
