import type { Traits } from "../../conversation/traits.ts";

/** What the bodies that follow OpenAI's example have no words for. */
export const CHAT_BODY: Partial<Traits> = {
  s3Media: false,
  video: false,
  toolResultMedia: [],
  searchResults: false,
  toolResultStatus: false,
  reasoningReplay: "none",
  cachePoints: [],
  cacheTtl: false,
  webSearch: false,
  anthropicBeta: false,
};

/** Those of them that were there before schemas, efforts and other ears than for text. */
export const EARLY_CHAT_BODY: Partial<Traits> = {
  ...CHAT_BODY,
  limitRequired: true,
  audio: false,
  topK: "none",
  systemTurns: false,
  strictTools: false,
  parallelToolControl: false,
  structuredOutput: "tool",
  reasoning: { kind: "none", efforts: [], off: "omit" },
};
