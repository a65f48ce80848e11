import type { Adjustment } from "../adjustments.ts";
import type { Target } from "../bedrock/models/target.ts";
import { autoCache } from "../conversation/auto-cache.ts";
import { fit } from "../conversation/fit.ts";
import type { Restore } from "../conversation/fitting.ts";
import { foreignFields } from "../conversation/foreign-fields.ts";
import type { ReasoningMemory } from "../conversation/reasoning/memory.ts";
import type { Traits } from "../conversation/traits.ts";
import type { Conversation } from "../conversation/types.ts";
import type { Decoded } from "./decoded.ts";

/** What is sent for one target, and what has to be undone in its answer. */
export interface Prepared {
  target: Target;
  conversation: Conversation;
  adjustments: readonly Adjustment[];
  restore: Restore;
  /** The target streams an answer to this. */
  streams: boolean;
}

export interface PrepareOptions {
  memory: ReasoningMemory;
  /** The answer is asked for as a stream. */
  stream: boolean;
  /** Send what only the model may know. */
  keepsForeign: boolean;
}

const notStreamed = ({ streaming }: Traits): Adjustment => ({
  param: "stream",
  action: "emulated",
  reason: `This model does not stream${streaming ? " while tools are offered" : ""}; its answer comes in one piece.`,
});

/** A decoded request in the light of what its target can do. */
export function prepare(
  decoded: Decoded,
  target: Target,
  { memory, stream, keepsForeign }: PrepareOptions,
): Prepared {
  const { traits } = target;
  const { wording = (param: string) => param } = decoded;
  const worded = (note: Adjustment): Adjustment => ({ ...note, param: wording(note.param) });
  const recalled =
    traits.reasoningReplay === "signed"
      ? memory.recall(decoded.conversation, target.modelId)
      : decoded.conversation;
  const cached = decoded.autoCache ? autoCache(recalled, traits, decoded.autoCache.ttl) : recalled;
  const known = foreignFields(cached, decoded.foreign, keepsForeign ? traits.nativeFields : []);
  const { conversation, adjustments, restore } = fit(known.conversation, traits, decoded.places);
  const streams = traits.streaming && (traits.streamingTools || !conversation.toolConfig);
  const notes = [
    ...decoded.adjustments,
    ...known.adjustments,
    ...adjustments,
    ...(stream && !streams ? [notStreamed(traits)] : []),
  ];
  return {
    target,
    conversation,
    adjustments: notes.filter(({ param }) => !decoded.quiet.has(param)).map(worded),
    restore: { ...restore, jsonText: expectsJson(conversation, decoded.jsonText || restore.jsonText) },
    streams,
  };
}

/** What a model continues begins in the caller's own words, so there is no whole object to be found in it. */
const expectsJson = ({ messages }: Conversation, asked: boolean): boolean =>
  asked && messages.at(-1)?.role !== "assistant";
