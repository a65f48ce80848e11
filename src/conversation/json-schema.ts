import type { JsonObject } from "./types.ts";

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const COMBINATORS = ["allOf", "anyOf", "oneOf"] as const;

/** Longer chains of references are cycles. */
const MAX_HOPS = 16;

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

/** What a `#/…` reference at the top of a schema points to, with the definitions it needs. */
function dereference(schema: JsonObject, document: JsonObject): JsonObject {
  let current = schema;
  for (let hop = 0; hop < MAX_HOPS && typeof current["$ref"] === "string"; hop += 1) {
    const { $ref, ...beside } = current;
    const found = pointed($ref as string, document);
    if (!found) return beside;
    current = { ...beside, ...found };
  }
  return current;
}

function pointed(reference: string, document: JsonObject): JsonObject | undefined {
  if (!reference.startsWith("#/")) return undefined;
  const keys = reference
    .slice(2)
    .split("/")
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const found = keys.reduce<unknown>(
    (value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    document,
  );
  return isObject(found) ? found : undefined;
}

/** Keywords whose values are data, not schemas. */
const DATA: ReadonlySet<string> = new Set(["const", "default", "enum", "examples"]);

/**
 * AWS compiles a schema only where every object forbids further properties. Objects that say nothing about them are
 * closed; what the caller said stays.
 */
export function closeObjects(schema: JsonObject): JsonObject {
  const closed = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, DATA.has(key) ? value : closeWithin(key, value)]),
  );
  return describesObject(closed) && !("additionalProperties" in closed)
    ? { ...closed, additionalProperties: false }
    : closed;
}

const describesObject = ({ type, properties }: JsonObject): boolean =>
  type === "object" || (Array.isArray(type) && type.includes("object")) || isObject(properties);

function closeWithin(key: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => (isObject(item) ? closeObjects(item) : item));
  if (!isObject(value)) return value;
  return NAMED.has(key)
    ? Object.fromEntries(
        Object.entries(value).map(([name, each]) => [name, isObject(each) ? closeObjects(each) : each]),
      )
    : closeObjects(value);
}

/** Keywords whose values are schemas by name: a property called `type` is not a type. */
const NAMED: ReadonlySet<string> = new Set(["properties", "patternProperties", "$defs", "definitions"]);
