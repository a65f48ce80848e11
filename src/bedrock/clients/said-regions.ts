import { aliasOf, type ModelAliases, type ModelEntry } from "../models/aliases.ts";
import { parseModelName } from "../models/model-name.ts";
import { identityIn } from "./account-options.ts";

interface Said {
  identity: readonly unknown[];
  region: string;
}

/**
 * The Region that the operator says first for someone who calls; never one that a caller's words bring in. Looked for in what he
 * says, and not kept: who calls may be said anew with each call.
 */
export function createSaidRegions(models: ModelAliases): (entry: ModelEntry) => string | undefined {
  const said = Object.keys(models).flatMap((name): Said[] => {
    const entry = aliasOf(name, models);
    const identity = identityIn(entry);
    const region = regionIn(entry);
    const isOwn = identity.some((part) => part !== undefined);
    return region !== undefined && isOwn ? [{ identity, region }] : [];
  });
  return (entry) => {
    const asked = identityIn(entry);
    return said.find(({ identity }) => identity.every((part, index) => part === asked[index]))?.region;
  };
}

function regionIn({ region, modelId, model }: ModelEntry): string | undefined {
  // What a `*` will stand for is a caller's.
  const names = [modelId, model].flatMap((text) => parseModelName(text?.replace("*", "x") ?? "") ?? []);
  return region ?? names.map((name) => name.region ?? name.arn?.region).find(Boolean);
}
