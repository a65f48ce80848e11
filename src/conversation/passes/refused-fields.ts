import type { Adjustment } from "../../adjustments.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import { withFields } from "../reasoning-request.ts";
import type { Traits } from "../traits.ts";
import type { Conversation, JsonObject } from "../types.ts";

/** Leaves out what a model is known to refuse of the fields that go to it unread. */
export function refusedFields(conversation: Conversation, traits: Traits): Fitted {
  const { additionalModelRequestFields: fields, ...rest } = conversation;
  const refused = traits.anthropicBeta ? traits.refusedFields : ["anthropic_beta", ...traits.refusedFields];
  const found = fields ? refused.filter((path) => has(fields, path.split("."))) : [];
  if (!fields || found.length === 0) return unchanged(conversation);
  const kept = found.reduce((object, path) => without(object, path.split(".")), fields);
  return { conversation: { ...rest, ...withFields(kept) }, adjustments: found.map(dropped) };
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const has = (object: JsonObject, [key = "", ...deeper]: string[]): boolean =>
  Object.hasOwn(object, key) && (deeper.length === 0 || (isObject(object[key]) && has(object[key], deeper)));

function without(object: JsonObject, [key = "", ...deeper]: string[]): JsonObject {
  const { [key]: value, ...rest } = object;
  return deeper.length > 0 && isObject(value) ? { ...rest, [key]: without(value, deeper) } : rest;
}

const dropped = (path: string): Adjustment => ({
  param: path,
  action: "dropped",
  reason: "This model is known to refuse this field.",
});
