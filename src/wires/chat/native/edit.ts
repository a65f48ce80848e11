import type { Adjustment } from "../../../adjustments.ts";
import type { Target } from "../../../bedrock/models/target.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { editMessage, withoutNulls } from "./edit-message.ts";
import { editThinking } from "./edit-thinking.ts";
import { editTier } from "../../native/tier.ts";
import { editTools } from "./edit-tools.ts";
import { isReasoningGpt } from "../../native/families.ts";

export interface Edited {
  body: JsonObject;
  adjustments: readonly Adjustment[];
}

/** The caller's request with what the target's endpoint would refuse changed, and nothing else. */
export function edit(body: JsonObject, target: Target): Edited {
  const { modelId, family } = target;
  const [thinking, thoughts] = editThinking(body, target);
  const [tier, tiers] = editTier(body, target);
  const {
    model_id: _,
    max_tokens: oldLimit,
    max_completion_tokens: newLimit,
    modalities: __,
    ...rest
  } = body;
  const limitName = isReasoningGpt(family) ? "max_completion_tokens" : "max_tokens";
  return {
    body: withoutNulls({
      ...rest,
      model: modelId,
      messages: (body["messages"] as JsonObject[]).map((message) => editMessage(message, family)),
      ...editTools(body),
      ...thinking,
      ...unsaid(body),
      stream_options: streamOptions(body),
      service_tier: tier,
      [limitName]: newLimit ?? oldLimit,
    }),
    adjustments: [...stored(body), ...thoughts, ...tiers],
  };
}

/** Parameters that ask for nothing, which OpenAI refuses all the same. */
const unsaid = ({ stop, store, logprobs, top_logprobs: top }: JsonObject): JsonObject => ({
  ...((stop === "" || (Array.isArray(stop) && stop.length === 0)) && { stop: undefined }),
  ...(top === 0 && logprobs !== true && { top_logprobs: undefined }),
  // Who wants nothing stored has to be heard; what was stored nobody could read.
  ...(store === true && { store: undefined }),
});

const stored = ({ store }: JsonObject): Adjustment[] =>
  store === true ? [{ param: "store", action: "dropped", reason: "Nothing is stored here." }] : [];

/**
 * Of a whole answer there is nothing to choose, and padding against eavesdroppers is AWS's own affair. What a stream costs its
 * operator wants to know, also where its caller did not ask.
 */
const streamOptions = ({ stream }: JsonObject): JsonObject | undefined =>
  stream === true ? { include_usage: true } : undefined;

/** The caller asked for what a stream costs. */
export const asksForUsage = ({ stream_options: options }: JsonObject): boolean =>
  (options as { include_usage?: unknown } | null | undefined)?.include_usage === true;
