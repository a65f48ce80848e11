import type { CatalogueEntry } from "./entry.ts";
import type { Found, ModelFacts, ModelKind } from "./found.ts";
import { isServed, modeOf } from "./served.ts";

/** Bedrock's first day, for what has no date of its own. */
const FIRST_DAY = Date.UTC(2023, 8, 28) / 1000;

/** Of these AWS tells no modalities, but they do nothing else. */
const CHATTING: ReadonlySet<ModelKind> = new Set(["imported-model", "mantle-model"]);

/** What all lists say together: whatever can be called, each id once, by id. */
export function merge(found: readonly Found[], now: number): CatalogueEntry[] {
  const facts = new Map(found.flatMap((row) => (row.facts ? [[row.id, row.facts] as const] : [])));
  const factsOf = ({ baseModel = "" }: Found): ModelFacts => facts.get(baseModel) ?? {};
  const served = found.filter((row) => row.callable && isServed(factsOf(row), row.baseModel ?? row.id, now));
  const elsewhere = new Set(served.flatMap((row) => (row.type === "mantle-model" ? [] : row.baseModel)));
  const entries = new Map<string, CatalogueEntry>();
  for (const row of served) {
    // `mantle/…` is worth a line only for what has no other name here.
    if (row.id.startsWith("mantle/") && elsewhere.has(row.baseModel)) continue;
    if (!entries.has(row.id)) entries.set(row.id, toEntry(row, factsOf(row)));
  }
  return [...entries.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

function toEntry({ id, type, name, baseModel, created, regions }: Found, facts: ModelFacts): CatalogueEntry {
  const { provider, inputModalities, outputModalities, streaming, lifecycle } = facts;
  const mode = CHATTING.has(type) ? "chat" : modeOf(facts, baseModel ?? id);
  return {
    id,
    type,
    ...(name !== undefined && { name }),
    ...(provider !== undefined && { provider }),
    ownedBy: baseModel?.split(".", 1)[0] ?? "bedrock",
    created: secondsOf(created),
    ...(inputModalities && { inputModalities: lowered(inputModalities) }),
    ...(outputModalities && { outputModalities: lowered(outputModalities) }),
    ...(mode && { mode }),
    ...(streaming !== undefined && { streaming }),
    ...(lifecycle !== undefined && { lifecycle: lifecycle.toLowerCase() }),
    ...(baseModel !== undefined && { baseModel }),
    regions,
  };
}

function secondsOf(date: Date | undefined): number {
  const seconds = Math.floor((date?.getTime() ?? Number.NaN) / 1000);
  return Number.isSafeInteger(seconds) ? seconds : FIRST_DAY;
}

const lowered = (words: readonly string[]): string[] => words.map((word) => word.toLowerCase());
