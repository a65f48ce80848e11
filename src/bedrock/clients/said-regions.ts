import { aliasOf, type ModelAliases, type ModelEntry } from "../models/aliases.ts";
import { parseModelName } from "../models/model-name.ts";
import { identityIn } from "./account-options.ts";
import { createNumbering } from "./numbering.ts";

/** The Region that the operator says first for someone who calls; never one that a caller's words bring in. */
export function createSaidRegions(models: ModelAliases): (entry: ModelEntry) => string | undefined {
  const numberOf = createNumbering();
  const regions = new Map<number, string>();
  for (const name of Object.keys(models)) {
    const entry = aliasOf(name, models);
    const identity = identityIn(entry);
    const region = regionIn(entry);
    const isOwn = region !== undefined && identity.some((part) => part !== undefined);
    if (isOwn && !regions.has(numberOf(identity))) regions.set(numberOf(identity), region);
  }
  return (entry) => regions.get(numberOf(identityIn(entry)));
}

function regionIn({ region, modelId, model }: ModelEntry): string | undefined {
  // What a `*` will stand for is a caller's.
  const names = [modelId, model].flatMap((text) => parseModelName(text?.replace("*", "x") ?? "") ?? []);
  return region ?? names.map((name) => name.region ?? name.arn?.region).find(Boolean);
}
