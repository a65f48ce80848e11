import { isObject } from "../../conversation/json-schema/is-object.ts";
import type { Conversation, JsonObject } from "../../conversation/types.ts";

/**
 * A native body with what the caller wrote in the family's own words: `additionalModelRequestFields`. Where both have an
 * object its members are put together, where both have a list (`tools`) the caller's follows; wherever else they differ
 * the caller's value stands.
 */
export function withNativeFields(
  body: JsonObject,
  { additionalModelRequestFields: fields = {} }: Conversation,
): JsonObject {
  const own = Object.entries(fields).map(([name, value]) => [name, together(body[name], value)] as const);
  return { ...body, ...Object.fromEntries(own) };
}

function together(ours: unknown, theirs: unknown): unknown {
  if (Array.isArray(ours) && Array.isArray(theirs)) return [...ours, ...theirs];
  return isObject(ours) && isObject(theirs) ? { ...ours, ...theirs } : theirs;
}

/** Without the members that nobody set; a zero is set. */
export const given = (members: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
