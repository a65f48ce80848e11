import type { Traits } from "../../conversation/traits.ts";
import { matchPattern } from "../models/pattern.ts";
import { TRAITS_TABLE } from "./traits-table.ts";

/** What an unknown model is taken to be: able, until AWS says otherwise. */
const OPEN: Traits = {
  sampling: "both",
  maxTemperature: 1,
  topK: "top_k",
  nativeSampling: [],
  stopSequences: true,
  maxOutputTokens: Infinity,
  limitRequired: false,
  system: true,
  systemTurns: false,
  tools: true,
  toolIds: "bedrock",
  reservedToolNames: [],
  toolSchema: "any",
  toolChoice: ["auto", "any", "tool"],
  streaming: true,
  streamingTools: true,
  parallelToolControl: false,
  strictTools: false,
  images: true,
  documents: true,
  video: true,
  audio: true,
  s3Media: true,
  toolResultMedia: [],
  searchResults: false,
  toolResultStatus: false,
  prefill: true,
  structuredOutput: "tool",
  reasoning: { kind: "none", efforts: [], off: "omit" },
  reasoningReplay: "none",
  cachePoints: ["tools", "system", "messages"],
  cacheTtl: true,
  serviceTiers: ["flex", "priority", "reserved"],
  optimizedLatency: true,
  requestMetadata: true,
  webSearch: false,
  anthropicBeta: false,
  nativeFields: "any",
  ownSettings: false,
  controlTokens: [],
  refusedFields: [],
};

/** The operator's own rows, by pattern. */
export type TraitOverrides = Readonly<Record<string, Partial<Traits>>>;

/**
 * @param family A model id without geo prefix: `anthropic.claude-sonnet-4-5-20250929-v1:0`.
 * @param learned What AWS's refusals taught: wins over the table.
 * @param overrides The operator's: win over everything, trait by trait.
 */
export function traitsOf(
  family: string,
  overrides: TraitOverrides = {},
  learned: Partial<Traits> = {},
): Traits {
  const row = TRAITS_TABLE.find(([pattern]) => pattern.test(family));
  return { ...OPEN, ...row?.[1], ...learned, ...overrideOf(family, overrides) };
}

/** The operator's first row that matches. */
export const overrideOf = (family: string, overrides: TraitOverrides): Partial<Traits> =>
  Object.entries(overrides).find(([pattern]) => matchPattern(pattern, family))?.[1] ?? {};
