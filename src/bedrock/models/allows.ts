import { findAlias, type ModelAliases, spellingsOf } from "./aliases.ts";
import { parseModelName } from "./model-name.ts";
import { matchPattern } from "./pattern.ts";

/**
 * Whether a name is among those of a list of patterns. `*` stands for any characters but `/`, so that no pattern lets in what
 * only begins like it: `nova*` is not `nova/us.anthropic.claude…`, `us*` not `us-west-2/…`, and `*nova*` no ARN, which may hide any
 * model. `*` alone is everything. Case counts, as it does for names of the option `models`.
 */
export function allows(patterns: readonly string[], model: string, aliases: ModelAliases = {}): boolean {
  const name = meantBy(model, aliases).split("/");
  return patterns.some(
    (pattern) => pattern === "*" || matches(pattern, name) || matches(pattern.replace(PROVIDER, ""), name),
  );
}

const PROVIDER = /^bedrock\//;

function matches(pattern: string, name: readonly string[]): boolean {
  const parts = pattern.split("/");
  return (
    parts.length === name.length &&
    parts.every((part, index) => matchPattern(part, name[index]!) !== undefined)
  );
}

/** The name by which it is known: the operator's where it is one, else AWS's id without what only says the way to it. */
function meantBy(model: string, aliases: ModelAliases): string {
  const spellings = spellingsOf(model);
  const own = spellings.find((name) => Object.hasOwn(aliases, name));
  if (own !== undefined) return own;
  const bare = spellings[1]!;
  // What a pattern leads to begins with all of what was said.
  if (findAlias(model, aliases)) return bare;
  const id = parseModelName(model)?.id ?? bare;
  // With a Region or a way before it, none of what the operator says of this very id would count: it is not that name of his.
  return findAlias(id, aliases) ? bare : id;
}
