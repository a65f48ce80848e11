import type { Adjustment } from "../../adjustments.ts";
import { type Effort, effortOf, nearestEffort } from "./efforts.ts";
import type { Fitted } from "../fitting.ts";
import { withFields } from "../additional-fields.ts";
import { type ReasoningRequest, withoutReasoningRequest } from "./request.ts";
import type { Traits } from "../traits.ts";
import type { Conversation, JsonObject } from "../types.ts";

/** The families that know nothing but an effort, each under its own name. */
const FIELDS: Readonly<Record<string, (effort: Effort) => JsonObject>> = {
  nova: (effort) => ({ reasoningConfig: { type: "enabled", maxReasoningEffort: effort } }),
  nested: (effort) => ({ reasoning: { effort } }),
  flat: (effort) => ({ reasoning_effort: effort }),
};

export const ALWAYS: Adjustment = {
  param: "reasoning_effort",
  action: "clamped",
  reason: "This model always thinks; it was told to think as little as it can.",
};

export const TRANSLATED: Adjustment = {
  param: "thinking",
  action: "emulated",
  reason: "This model takes no thinking budget; it was given the effort that comes closest.",
};

const DROPPED: Adjustment = {
  param: "reasoning_effort",
  action: "dropped",
  reason: "This model has no switch for its reasoning.",
};

export function byEffort(
  conversation: Conversation,
  wanted: ReasoningRequest,
  { reasoning }: Traits,
): Fitted {
  const rest = withoutReasoningRequest(conversation);
  const effort = effortWanted(wanted);
  const known = nearestEffort(effort, reasoning.efforts);
  if ((effort === "none" && reasoning.off === "omit") || !known)
    return { conversation: rest, adjustments: [] };
  const never = effort === "none" && reasoning.off === "never";
  return {
    conversation: {
      ...rest,
      ...withFields({ ...rest.additionalModelRequestFields, ...FIELDS[reasoning.kind]?.(known) }),
    },
    adjustments: never ? [ALWAYS] : [...translated(wanted), ...clampedEffort(effort, known)],
  };
}

const translated = ({ effort, thinking }: ReasoningRequest): Adjustment[] =>
  effort === undefined && thinking?.["budget_tokens"] !== undefined ? [TRANSLATED] : [];

export function withoutReasoning(conversation: Conversation, wanted: ReasoningRequest): Fitted {
  return {
    conversation: withoutReasoningRequest(conversation),
    adjustments: effortWanted(wanted) === "none" ? [] : [DROPPED],
  };
}

function effortWanted({ effort, thinking }: ReasoningRequest): Effort {
  if (thinking?.["type"] === "disabled") return "none";
  const tokens = thinking?.["budget_tokens"];
  return effort ?? (typeof tokens === "number" ? effortOf(tokens) : "medium");
}

export const clampedEffort = (wanted: Effort | undefined, sent: Effort | undefined): Adjustment[] =>
  wanted === sent || !wanted
    ? []
    : [{ param: "reasoning_effort", action: "clamped", reason: `This model's nearest effort is '${sent}'.` }];
