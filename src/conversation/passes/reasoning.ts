import { type Fitted, unchanged } from "../fitting.ts";
import { isThinking, type ReasoningRequest, reasoningRequest } from "../reasoning/request.ts";
import type { Reasoning, Traits } from "../traits.ts";
import type { Conversation } from "../types.ts";
import { adaptive } from "../reasoning/adaptive.ts";
import { budget } from "../reasoning/budget.ts";
import { byEffort, withoutReasoning } from "../reasoning/by-effort.ts";

/** Tells one kind of family how much to think. */
type ReasoningKind = (conversation: Conversation, wanted: ReasoningRequest, traits: Traits) => Fitted;

const KINDS: Readonly<Record<Reasoning["kind"], ReasoningKind>> = {
  budget,
  adaptive,
  nova: byEffort,
  nested: byEffort,
  flat: byEffort,
  none: withoutReasoning,
};

/**
 * `reasoning_effort` and Claude's `thinking`, whichever the caller sent, in the words of the family that answers.
 * What a caller wrote in a family's own words (`additionalModelRequestFields.reasoningConfig`) stays as it is.
 */
export function reasoning(conversation: Conversation, traits: Traits): Fitted {
  const wanted = reasoningRequest(conversation);
  if (!wanted.effort && !wanted.thinking) return unchanged(conversation);
  return KINDS[traits.reasoning.kind](conversation, wanted, traits);
}

/** What a later pass will have decided: whether Claude is going to think before it answers. */
export const willThink = (conversation: Conversation, traits: Traits): boolean =>
  isThinking(reasoning(conversation, traits).conversation);
