import { parseModelName } from "../bedrock/models/model-name.ts";
import type { CatalogueEntry } from "../bedrock/catalogue/entry.ts";

/** An id is a name for itself; AWS's own things also have ARNs, whose last part it is. */
const NAMED: ReadonlySet<string> = new Set(["foundation-model", "inference-profile"]);

const PROVIDER = /^bedrock\//;

/** The entry that a caller's model string names, whatever routes and prefixes stand before its id. */
export function findEntry(model: string, entries: readonly CatalogueEntry[]): CatalogueEntry | undefined {
  const { id, arn } = parseModelName(model) ?? {};
  const names = [model, model.replace(PROVIDER, ""), id, arn && NAMED.has(arn.kind) ? arn.name : undefined];
  for (const name of names) {
    const entry = name === undefined ? undefined : entries.find((each) => each.id === name);
    if (entry) return entry;
  }
  return undefined;
}
