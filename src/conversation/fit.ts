import type { Adjustment } from "../adjustments.ts";
import type { Fitted, Pass, Places, Restore } from "./fitting.ts";
import { anthropicTools } from "./passes/anthropic-tools.ts";
import { blankText } from "./passes/blank-text.ts";
import { cachePoints } from "./passes/cache-points.ts";
import { controlTokens } from "./passes/control-tokens.ts";
import { documents } from "./passes/documents.ts";
import { maxTokens } from "./passes/max-tokens.ts";
import { mediaSupport } from "./passes/media-support.ts";
import { nativeSampling } from "./passes/native-sampling.ts";
import { ownSettings } from "./passes/own-settings.ts";
import { parallelTools } from "./passes/parallel-tools.ts";
import { performanceConfig } from "./passes/performance-config.ts";
import { prefill } from "./passes/prefill.ts";
import { reasoning } from "./passes/reasoning.ts";
import { reasoningReplay } from "./passes/reasoning-replay.ts";
import { refusedFields } from "./passes/refused-fields.ts";
import { requestMetadata } from "./passes/request-metadata.ts";
import { sampling } from "./passes/sampling.ts";
import { serviceTier } from "./passes/service-tier.ts";
import { stopSequences } from "./passes/stop-sequences.ts";
import { structuredOutput } from "./passes/structured-output.ts";
import { systemText } from "./passes/system-text.ts";
import { systemTurns } from "./passes/system-turns.ts";
import { thinkingUsage } from "./passes/thinking-usage.ts";
import { searchResults } from "./passes/search-results.ts";
import { toolChoice } from "./passes/tool-choice.ts";
import { toolHistory } from "./passes/tool-history.ts";
import { toolIds } from "./passes/tool-ids.ts";
import { toolNames } from "./passes/tool-names.ts";
import { toolResultMedia } from "./passes/tool-result-media.ts";
import { toolResultStatus } from "./passes/tool-result-status.ts";
import { toolSpecs } from "./passes/tool-specs.ts";
import { toolSupport } from "./passes/tool-support.ts";
import { turns } from "./passes/turns.ts";
import { unspokenThoughts } from "./passes/unspoken-thoughts.ts";
import { webSearch } from "./passes/web-search.ts";
import type { Traits } from "./traits.ts";
import type { Conversation } from "./types.ts";

/** In this order: later passes rely on what earlier ones settled. */
const PASSES: readonly Pass[] = [
  // What is in the messages.
  mediaSupport,
  toolResultMedia,
  searchResults,
  toolResultStatus,
  documents,
  toolIds,
  // What may be called.
  anthropicTools,
  toolSupport,
  webSearch,
  stopSequences,
  structuredOutput,
  toolHistory,
  // Who speaks when.
  reasoningReplay,
  blankText,
  systemTurns,
  systemText,
  controlTokens,
  turns,
  unspokenThoughts,
  // How much is thought, on which the rest depends.
  maxTokens,
  reasoning,
  thinkingUsage,
  prefill,
  toolNames,
  toolSpecs,
  toolChoice,
  parallelTools,
  nativeSampling,
  sampling,
  serviceTier,
  performanceConfig,
  requestMetadata,
  refusedFields,
  ownSettings,
  cachePoints,
];

/**
 * Makes a conversation acceptable to a target with these traits.
 * @param places Where blocks came from, for errors that name the caller's parameter.
 * @throws BedrockOpenAIError 400 for what no adjustment can make acceptable.
 */
export function fit(
  conversation: Conversation,
  traits: Traits,
  places: Places = new Map(),
): Required<Fitted> & { restore: Restore } {
  const adjustments: Adjustment[] = [];
  const restore: Restore = { toolNames: new Map(), jsonTool: undefined, jsonText: false, stopAt: [] };
  let current = conversation;
  for (const pass of PASSES) {
    const fitted = pass(current, traits, places);
    current = fitted.conversation;
    for (const note of fitted.adjustments) adjustments.push(note);
    Object.assign(restore, fitted.restore);
  }
  return { conversation: current, adjustments, restore };
}
