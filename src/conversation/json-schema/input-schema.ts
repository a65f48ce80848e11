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
  const properties = Object.assign({}, ...[...parts, ...alternatives.flat()].map(propertiesOf)) as JsonObject;
  const required = new Set([
    ...parts.flatMap(requiredOf),
    ...alternatives.flatMap((list) =>
      requiredOf(list[0]!).filter((key) => list.every((each) => requiredOf(each).includes(key))),
    ),
  ]);
  return { ...rest, type: "object", properties, ...(required.size > 0 && { required: [...required] }) };
}

const branches = (list: unknown, document: JsonObject): JsonObject[] =>
  Array.isArray(list) ? list.filter(isObject).map((branch) => dereference(branch, document)) : [];

const propertiesOf = ({ properties }: JsonObject): JsonObject => (isObject(properties) ? properties : {});

const requiredOf = ({ required }: JsonObject): string[] =>
  Array.isArray(required) ? required.filter((key) => typeof key === "string") : [];
