import type { Traits } from "../../conversation/traits.ts";

/** A body that holds one text and a few numbers. */
export const TEXT_ONLY: Partial<Traits> = {
  // Left out, it would be a few hundred tokens, and the answer cut.
  limitRequired: true,
  images: false,
  documents: false,
  video: false,
  audio: false,
  s3Media: false,
  toolResultMedia: [],
  systemTurns: false,
  tools: false,
  parallelToolControl: false,
  strictTools: false,
  structuredOutput: "instruction",
  reasoning: { kind: "none", efforts: [], off: "omit" },
  reasoningReplay: "none",
  cachePoints: [],
  cacheTtl: false,
  webSearch: false,
  anthropicBeta: false,
  nativeSampling: [],
  nativeFields: [],
};
