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
import { toolThinking } from "./passes/tool-thinking.ts";
import { turns } from "./passes/turns.ts";
import { unspokenThoughts } from "./passes/unspoken-thoughts.ts";
import { webSearch } from "./passes/web-search.ts";
import type { Traits } from "./traits.ts";
import type { ContentBlock, Conversation } from "./types.ts";

/** What a pass looks at. Where a conversation has none of it, the pass has nothing to do, and is not entered. */
type Part = Exclude<keyof Conversation, "messages"> | "blocks";

const BLOCKS = ["blocks"] as const;
const TOOLS = ["toolConfig"] as const;
const FIELDS = ["additionalModelRequestFields"] as const;
const THOUGHT = ["outputConfig", "additionalModelRequestFields"] as const;

/** In this order: later passes rely on what earlier ones settled. Passes without parts are entered always. */
export const PASSES: readonly (readonly [pass: Pass, parts?: readonly Part[]])[] = [
  // What is in the messages.
  [mediaSupport, BLOCKS],
  [toolResultMedia, BLOCKS],
  [searchResults, BLOCKS],
  [toolResultStatus, BLOCKS],
  [documents, BLOCKS],
  [toolIds, BLOCKS],
  // What may be called.
  [anthropicTools, FIELDS],
  [toolSupport, TOOLS],
  [webSearch, TOOLS],
  [stopSequences, ["inferenceConfig"]],
  [structuredOutput, ["outputConfig"]],
  [toolHistory, BLOCKS],
  // Who speaks when.
  [reasoningReplay, BLOCKS],
  [blankText],
  [systemTurns],
  [systemText, ["system"]],
  [controlTokens],
  [turns],
  [unspokenThoughts, BLOCKS],
  // How much is thought, on which the rest depends.
  [maxTokens],
  [toolThinking, TOOLS],
  [reasoning, THOUGHT],
  [thinkingUsage, FIELDS],
  [prefill],
  [toolNames, ["toolConfig", "blocks"]],
  [toolSpecs, TOOLS],
  [toolChoice, TOOLS],
  [parallelTools, FIELDS],
  [nativeSampling, FIELDS],
  [sampling, ["inferenceConfig"]],
  [serviceTier, ["serviceTier"]],
  [performanceConfig, ["performanceConfig"]],
  [requestMetadata, ["requestMetadata"]],
  [refusedFields, FIELDS],
  [ownSettings, ["inferenceConfig", "additionalModelRequestFields", "outputConfig"]],
  [cachePoints, ["toolConfig", "system", "blocks"]],
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
  const holdsBlocks = conversation.messages.some(({ content }) => content.some(isNoText));
  let current = conversation;
  const has = (part: Part): boolean => (part === "blocks" ? holdsBlocks : current[part] !== undefined);
  for (const [pass, parts] of PASSES) {
    if (parts && !parts.some(has)) continue;
    const fitted = pass(current, traits, places);
    current = fitted.conversation;
    for (const note of fitted.adjustments) adjustments.push(note);
    if (fitted.restore) Object.assign(restore, fitted.restore);
  }
  return { conversation: current, adjustments, restore };
}

/** No pass makes anything else of a text. */
const isNoText = ({ text }: ContentBlock): boolean => text === undefined;
