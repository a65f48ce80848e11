import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Traits } from "../traits.ts";
import type { Conversation } from "../types.ts";

const DROPPED: Adjustment = {
  param: "performanceConfig",
  action: "dropped",
  reason: "This model is served at standard latency only.",
};

export function performanceConfig(conversation: Conversation, traits: Traits): Fitted {
  const { performanceConfig: config, ...rest } = conversation;
  if (config?.["latency"] !== "optimized" || traits.optimizedLatency) return unchanged(conversation);
  return { conversation: rest, adjustments: [DROPPED] };
}
