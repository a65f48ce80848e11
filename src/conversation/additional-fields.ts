import { isObject } from "./json-schema/is-object.ts";
import type { Conversation, JsonObject } from "./types.ts";

/** `additionalModelRequestFields`, left out when there are none: an empty object is refused by some models. */
export const withFields = (fields: JsonObject): Pick<Conversation, "additionalModelRequestFields"> =>
  Object.keys(fields).length > 0 ? { additionalModelRequestFields: fields } : {};

/** Whether a path of keys leads somewhere. */
export const hasPath = (object: JsonObject, [key = "", ...deeper]: readonly string[]): boolean =>
  Object.hasOwn(object, key) &&
  (deeper.length === 0 || (isObject(object[key]) && hasPath(object[key], deeper)));

/** The fields without what a path leads to, and without what that leaves empty. */
export function withoutPath(object: JsonObject, [key = "", ...deeper]: readonly string[]): JsonObject {
  const { [key]: value, ...rest } = object;
  const inner = deeper.length > 0 && isObject(value) ? withoutPath(value, deeper) : {};
  return Object.keys(inner).length > 0 ? { ...rest, [key]: inner } : rest;
}
