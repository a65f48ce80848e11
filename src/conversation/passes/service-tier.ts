import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Traits } from "../traits.ts";
import type { Conversation } from "../types.ts";

const DROPPED: Adjustment = {
  param: "service_tier",
  action: "dropped",
  reason: "This model is not served on that tier.",
};

export function serviceTier(conversation: Conversation, traits: Traits): Fitted {
  const { serviceTier: tier, ...rest } = conversation;
  if (!tier || tier.type === "default" || traits.serviceTiers.includes(tier.type))
    return unchanged(conversation);
  return { conversation: rest, adjustments: [DROPPED] };
}
