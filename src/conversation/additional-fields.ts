import { isObject } from "./json-schema/is-object.ts";
import type { Conversation, JsonObject } from "./types.ts";

/** `additionalModelRequestFields`, left out when there are none: an empty object is refused by some models. */
export const withFields = (fields: JsonObject): Pick<Conversation, "additionalModelRequestFields"> =>
  Object.keys(fields).length > 0 ? { additionalModelRequestFields: fields } : {};

/** Whether a path of keys leads somewhere. */
export const hasPath = (object: JsonObject, [key = "", ...deeper]: readonly string[]): boolean =>
  Object.hasOwn(object, key) &&
  (deeper.length === 0 || (isObject(object[key]) && hasPath(object[key], deeper)));

/**
 * The fields without what paths lead to, and without what that leaves empty. One copy for all paths: both may be many.
 * @param paths That lead somewhere.
 */
export function withoutPaths(object: JsonObject, paths: readonly (readonly string[])[]): JsonObject {
  const kept = { ...object };
  for (const key of new Set(paths.map(([first = ""]) => first))) {
    const deeper = paths.filter(([first]) => first === key).map((path) => path.slice(1));
    const value = kept[key];
    const isPart = isObject(value) && deeper.every(({ length }) => length > 0);
    const inner = isPart ? withoutPaths(value, deeper) : {};
    if (Object.keys(inner).length > 0) kept[key] = inner;
    else delete kept[key];
  }
  return kept;
}
