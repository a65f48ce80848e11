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
  /** Where a server of your own takes a Converse body: posted to as it stands. */
  url?: string;
  /** The same for streams, which it answers with ConverseStream's event stream. Default: `url`. */
  streamUrl?: string;
  /** Sent to `url` as a bearer token. */
  apiKey?: string;
  /** Sent to `url`. */
  headers?: Record<string, string>;
  /** Parameters for requests that do not set them: `{ temperature: 0.2 }`. */
  defaults?: Record<string, unknown>;
}

export type ModelAliases = Readonly<Record<string, string | ModelEntry>>;

const PROVIDER = /^bedrock\//;

/** The names that can be listed: a pattern is not one. */
export const namesOf = (aliases: ModelAliases = {}): string[] =>
  Object.keys(aliases).filter((name) => !name.includes("*"));

/**
 * What the operator says of a name. The name itself comes before patterns, and of those the first that matches; `*` stands
 * for any characters and case is not looked at, so `gpt-*` is not `openai.gpt-oss-120b-1:0`.
 */
export const aliasOf = (name: string, aliases?: ModelAliases): ModelEntry =>
  findAlias(name, aliases) ?? { model: name };

/** The same, or undefined for a name that the operator says nothing of. */
export function findAlias(name: string, aliases: ModelAliases = {}): ModelEntry | undefined {
  const bare = name.replace(PROVIDER, "");
  for (const said of [name, bare]) if (Object.hasOwn(aliases, said)) return toEntry(aliases[said]!, said);
  for (const [pattern, entry] of Object.entries(aliases)) {
    const matched = pattern.includes("*") ? match(pattern.toLowerCase(), bare.toLowerCase()) : undefined;
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

/** What the first `*` of a pattern stands for in a text; the text is looked through once, whatever it holds. */
function match(pattern: string, text: string): { from: number; to: number } | undefined {
  const [head = "", ...parts] = pattern.split("*");
  const tail = parts.pop() ?? "";
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length)
    return undefined;
  let at = head.length;
  let to: number | undefined;
  const end = text.length - tail.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return undefined;
    to ??= found;
    at = found + part.length;
  }
  return { from: head.length, to: to ?? end };
}
