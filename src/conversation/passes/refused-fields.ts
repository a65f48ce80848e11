import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import { withFields } from "../reasoning-request.ts";
import type { Traits } from "../traits.ts";
import type { Conversation, JsonObject } from "../types.ts";

const BETA = ["anthropic_beta"];

/** Leaves out what a model is known to refuse of the fields that go to it unread. */
export function refusedFields(conversation: Conversation, traits: Traits): Fitted {
  const { additionalModelRequestFields: fields, ...rest } = conversation;
  const refused = traits.anthropicBeta ? traits.refusedFields : [BETA, ...traits.refusedFields];
  const found = fields ? refused.filter((path) => hasPath(fields, path)) : [];
  if (!fields || found.length === 0) return unchanged(conversation);
  const kept = found.reduce(without, fields);
  return { conversation: { ...rest, ...withFields(kept) }, adjustments: found.map(dropped) };
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const hasPath = (object: JsonObject, [key = "", ...deeper]: readonly string[]): boolean =>
  Object.hasOwn(object, key) &&
  (deeper.length === 0 || (isObject(object[key]) && hasPath(object[key], deeper)));

/** What is left empty by it goes too. */
function without(object: JsonObject, [key = "", ...deeper]: readonly string[]): JsonObject {
  const { [key]: value, ...rest } = object;
  const inner = deeper.length > 0 && isObject(value) ? without(value, deeper) : {};
  return Object.keys(inner).length > 0 ? { ...rest, [key]: inner } : rest;
}

const dropped = (path: readonly string[]): Adjustment => ({
  param: path.join("."),
  action: "dropped",
  reason: "This model is known to refuse this field.",
});
