import { aliasesOf, findAlias, type ModelAliases, type ModelEntry, saidOf } from "./aliases.ts";
import { familyOf } from "./family.ts";
import { parseModelName } from "./model-name.ts";

/** What an entry may say beside where its requests are spread. */
const BESIDE_SPREAD: ReadonlySet<string> = new Set(["spread", "fallbacks", "defaults"]);

/** What is wrong with the names that an entry leads to beside its own model, in words; undefined where nothing is. */
export function faultOfOthers(name: string, models: ModelAliases): string | undefined {
  const { fallbacks = [], spread } = saidOf(name, models);
  const members = Object.keys(spread ?? {});
  const lost = [...members, ...fallbacks].find((other) => !isSomewhere(other, models));
  if (lost !== undefined) return `'${lost}' is neither a name of 'models' nor one of Bedrock's`;
  if (fallbacks.includes(name)) return "it falls back to itself";
  return spread && faultOfSpread(name, members, models);
}

function faultOfSpread(name: string, members: readonly string[], models: ModelAliases): string | undefined {
  const entry = models[name]!;
  const own =
    typeof entry === "string" ? "model" : Object.keys(entry).find((member) => !isBeside(member, entry));
  // A mere name for what is spread is another name for it.
  if (own !== undefined && !(own === "model" && isMereName(name, entry, models)))
    return `'${own}' has no meaning beside 'spread', whose members say where requests go`;
  return members.some((member) => leadsTo(name, member, models)) ? "it is spread over itself" : undefined;
}

const isBeside = (member: string, entry: ModelEntry): boolean =>
  BESIDE_SPREAD.has(member) || entry[member as keyof ModelEntry] === undefined;

/** It leads to what is spread and says nothing of its own. */
function isMereName(name: string, entry: string | ModelEntry, models: ModelAliases): boolean {
  if (typeof entry === "string") return true;
  const others = Object.keys(entry).filter((member) => member !== "model" && !isBeside(member, entry));
  return entry.spread === undefined && others.length === 0 && aliasesOf(name, models).length > 1;
}

function leadsTo(name: string, from: string, models: ModelAliases, met = new Set<string>()): boolean {
  if (from === name) return true;
  if (met.has(from)) return false;
  met.add(from);
  const { spread, model } = saidOf(from, models);
  return [...Object.keys(spread ?? {}), ...(model === undefined ? [] : [model])].some((next) =>
    leadsTo(name, next, models, met),
  );
}

/** What a `*` will stand for only a request tells. */
function isSomewhere(name: string, models: ModelAliases): boolean {
  if (name.includes("*") || name.startsWith("arn:") || name === "guardrail-checks") return true;
  if (findAlias(name, models)) return true;
  const parsed = parseModelName(name);
  return parsed !== undefined && (parsed.arn !== undefined || familyOf(parsed) !== undefined);
}
