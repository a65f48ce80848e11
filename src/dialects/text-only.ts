import type { Traits } from "../conversation/traits.ts";

/** A body that holds one text and a few numbers. */
export const TEXT_ONLY: Partial<Traits> = {
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
