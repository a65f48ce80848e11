import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import { hasPath, withFields, withoutPaths } from "../additional-fields.ts";
import type { Traits } from "../traits.ts";
import type { Conversation } from "../types.ts";

const BETA = ["anthropic_beta"];

/** Leaves out what a model is known to refuse of the fields that go to it unread. */
export function refusedFields(conversation: Conversation, traits: Traits): Fitted {
  const { additionalModelRequestFields: fields, ...rest } = conversation;
  const refused = traits.anthropicBeta ? traits.refusedFields : [BETA, ...traits.refusedFields];
  const found = fields ? refused.filter((path) => hasPath(fields, path)) : [];
  if (!fields || found.length === 0) return unchanged(conversation);
  const kept = withoutPaths(fields, found);
  return { conversation: { ...rest, ...withFields(kept) }, adjustments: found.map(dropped) };
}

const dropped = (path: readonly string[]): Adjustment => ({
  param: path.join("."),
  action: "dropped",
  reason: "This model is known to refuse this field.",
});
