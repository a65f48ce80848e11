import { type ModelArn, parseModelArn } from "./arn.ts";
import { isRegion } from "./region.ts";

/** What a caller's model string says, before any table is asked. Grammar: docs/models.md. */
export interface ModelName {
  /** Id or ARN, as AWS knows it. */
  id: string;
  /** Set where the id is an ARN. */
  arn?: ModelArn;
  /** `converse/`, `invoke/`, …: the way to it. */
  route?: Route;
  /** `llama/`, `nova/`, …: the family that an ARN hides. */
  family?: string;
  /** `us-west-2/…`. */
  region?: string;
}

export type Route = "converse" | "invoke" | "openai" | "mantle" | "converse-like";

const ROUTES: Readonly<Record<string, Route>> = {
  converse: "converse",
  invoke: "invoke",
  openai: "openai",
  mantle: "mantle",
  bedrock_mantle: "mantle",
  converse_like: "converse-like",
};

/** LiteLLM's words for what an ARN hides → a family. `openai` says so only of an imported model. */
const FAMILIES: Readonly<Record<string, string>> = {
  llama: "imported.llama",
  deepseek_r1: "imported.deepseek_r1",
  qwen2: "imported.qwen2",
  qwen3: "imported.qwen3",
  mistral: "imported.mistral",
  nova: "amazon.nova-custom",
  "nova-2": "amazon.nova-2-custom",
};

/** AWS's own bound on model ids and ARNs. */
const MAX_CHARS = 2048;

/** Words between dots, colons and the marks of a context size; never a path. */
const ID = /^[\w-]+(?:[.:@+][\w-]+)*$/;

/** A user's own server names its models as it likes. */
const LIKE_ID = /^[\w-]+(?:[./:@+][\w-]+)*$/;

/** `anthropic.claude-…[1m]`: what people write for a context that AWS does not ask for. */
const CONTEXT_SIZE = /\[\d+[km]\]$/i;

/** `stability.stability.sd3-large-v1:0`: so LiteLLM's guide writes what AWS calls by its vendor once. */
const TWICE_STABILITY = /^stability\.(?=stability\.)/;

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** @returns undefined for what cannot be the name of a model. */
export function parseModelName(text: string): ModelName | undefined {
  if (text.length > MAX_CHARS) return undefined;
  const said: Omit<ModelName, "id" | "arn"> = {};
  let rest = text;
  for (;;) {
    const slash = rest.indexOf("/");
    const word = rest.slice(0, Math.max(slash, 0));
    // Only the first word may be the provider's name.
    if (!(word === "bedrock" && rest === text) && !read(word, said)) break;
    rest = rest.slice(slash + 1);
  }
  return finish(rest.replace(CONTEXT_SIZE, ""), said);
}

/** Takes a segment for what it says; false where it begins the id. Nothing is said twice. */
function read(word: string, said: Omit<ModelName, "id" | "arn">): boolean {
  const route = own(ROUTES, word);
  const family = own(FAMILIES, word);
  if (route && !said.route) said.route = route;
  else if (family && !said.family) said.family = family;
  else if (isRegion(word) && !said.region) said.region = word;
  else return false;
  return true;
}

function finish(id: string, said: Omit<ModelName, "id" | "arn">): ModelName | undefined {
  if (id.startsWith("arn:")) {
    const arn = parseModelArn(id);
    return arn && { ...said, id, arn };
  }
  const pattern = said.route === "converse-like" ? LIKE_ID : ID;
  return pattern.test(id) ? { ...said, id: id.replace(TWICE_STABILITY, "") } : undefined;
}
