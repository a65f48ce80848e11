import type { JsonObject } from "../types.ts";
import { isObject } from "./is-object.ts";
import { dereference } from "./references.ts";

const COMBINATORS = ["allOf", "anyOf", "oneOf"] as const;

/** True where `toInputSchema` has to say something other than the caller did. */
export const isInputSchema = (schema: JsonObject): boolean =>
  schema["type"] === "object" && !("$ref" in schema) && !COMBINATORS.some((key) => key in schema);

/**
 * A schema that AWS takes as a tool's input: its root is an object without reference, anyOf, oneOf or allOf. Branches
 * of the root become one object with the properties of all; required is what every alternative requires.
 */
export function toInputSchema(parameters: JsonObject | null | undefined): JsonObject {
  if (!parameters) return { type: "object", properties: {} };
  if (isInputSchema(parameters)) return parameters;
  const root = dereference(parameters, parameters);
  const { allOf, anyOf, oneOf, ...rest } = root;
  const parts = [rest, ...branches(allOf, parameters)];
  const alternatives = [anyOf, oneOf]
    .map((list) => branches(list, parameters))
    .filter((list) => list.length > 0);
  const properties = Object.fromEntries(
    [...parts, ...alternatives.flat()].flatMap((part) => Object.entries(propertiesOf(part))),
  );
  const required = new Set([...parts.flatMap(requiredOf), ...alternatives.flatMap(requiredByAll)]);
  return { ...rest, type: "object", properties, ...(required.size > 0 && { required: [...required] }) };
}

const branches = (list: unknown, document: JsonObject): JsonObject[] =>
  Array.isArray(list) ? list.filter(isObject).map((branch) => dereference(branch, document)) : [];

/** What every alternative requires. */
function requiredByAll(list: readonly JsonObject[]): string[] {
  const [first = [], ...others] = list.map(requiredOf);
  const sets = others.map((names) => new Set(names));
  return first.filter((key) => sets.every((names) => names.has(key)));
}

const propertiesOf = ({ properties }: JsonObject): JsonObject => (isObject(properties) ? properties : {});

const requiredOf = ({ required }: JsonObject): string[] =>
  Array.isArray(required) ? required.filter((key) => typeof key === "string") : [];
