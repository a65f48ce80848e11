import type { Mode } from "./entry.ts";
import type { ModelFacts } from "./found.ts";

/** What answers can be made of, and the endpoints that give them. Speech and video have none. */
const MODES: readonly (readonly [modality: string, mode: Mode])[] = [
  ["EMBEDDING", "embedding"],
  ["TEXT", "chat"],
  ["IMAGE", "image_generation"],
];

/** AWS lists models that rank as models that write. */
const RERANK = /\brerank\b/;

const LIVING: ReadonlySet<string> = new Set(["ACTIVE", "LEGACY"]);

/** What a model is for; undefined where AWS does not tell or no endpoint gives it. */
export function modeOf({ outputModalities = [] }: ModelFacts, id: string): Mode | undefined {
  // Who speaks holds a conversation in speech, over a stream both ways that no endpoint here has.
  if (outputModalities.includes("SPEECH")) return undefined;
  if (RERANK.test(id)) return "rerank";
  return MODES.find(([modality]) => outputModalities.includes(modality))?.[1];
}

/** Whether an endpoint of ours can be asked for it; what AWS tells nothing of, it may be. */
export function isServed(facts: ModelFacts, id: string, now: number): boolean {
  const { lifecycle, endOfLife, outputModalities = [] } = facts;
  if (lifecycle !== undefined && !LIVING.has(lifecycle)) return false;
  if (endOfLife !== undefined && endOfLife.getTime() <= now) return false;
  return outputModalities.length === 0 || modeOf(facts, id) !== undefined;
}
