import type { JsonObject } from "../types.ts";
import { isObject } from "./is-object.ts";
import { hasBadReferences } from "./references.ts";

/** Keywords whose values are data, not schemas. */
const DATA: ReadonlySet<string> = new Set(["const", "default", "enum", "examples", "required"]);

/** Keywords whose values are schemas by name: a property called `type` is not a type. */
const NAMED: ReadonlySet<string> = new Set(["properties", "patternProperties", "$defs", "definitions"]);

/** Constraints that AWS's schema compiler refuses. Source: peers-others §B.5, aws-bedrock §A.2 "strict tools". */
const UNCOMPILED = [
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
] as const;

/**
 * Whether AWS can compile the schema into a grammar, once it is closed: it is an object, its references lead somewhere
 * and not in a circle, no object has keys of any name, and none is made of parts that would each be closed.
 */
export const isCompilable = (schema: JsonObject): boolean =>
  schema["type"] === "object" && !hasBadReferences(schema) && !hasOpenObjects(schema);

/**
 * The schema as AWS compiles it: every object forbids further properties, and constraints that the compiler does not
 * know are told to the model in the description instead.
 */
export function toStrictSchema(schema: JsonObject): JsonObject {
  const told: string[] = UNCOMPILED.filter((key) => key in schema && !isObject(schema[key]));
  if (typeof schema["minItems"] === "number" && schema["minItems"] > 1) told.push("minItems");
  const kept = Object.entries(schema).filter(([key]) => !told.includes(key));
  const strict: JsonObject = Object.fromEntries(kept.map(([key, value]) => [key, within(key, value)]));
  return {
    ...strict,
    ...(told.length > 0 && { description: withConstraints(schema, told) }),
    ...(describesObject(strict) && { additionalProperties: false }),
  };
}

function withConstraints(schema: JsonObject, told: readonly string[]): string {
  const constraints = told.map((key) => `${key}: ${JSON.stringify(schema[key])}`).join(", ");
  const { description } = schema;
  return typeof description === "string" ? `${description} (${constraints})` : `(${constraints})`;
}

function within(key: string, value: unknown): unknown {
  if (DATA.has(key)) return value;
  if (Array.isArray(value)) return value.map((item) => (isObject(item) ? toStrictSchema(item) : item));
  if (!isObject(value)) return value;
  return NAMED.has(key) ? mapSchemas(value, toStrictSchema) : toStrictSchema(value);
}

const mapSchemas = (schemas: JsonObject, map: (schema: JsonObject) => JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, isObject(schema) ? map(schema) : schema]),
  );

const describesObject = ({ type, properties }: JsonObject): boolean =>
  type === "object" || (Array.isArray(type) && type.includes("object")) || isObject(properties);

/** An object that names no properties may have any; closed, it could have none. */
function isOpen(schema: JsonObject): boolean {
  const { additionalProperties: open, properties } = schema;
  if (!describesObject(schema)) return false;
  return open === undefined ? properties === undefined : open !== false;
}

function hasOpenObjects(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.some(hasOpenObjects);
  if (!isObject(schema)) return false;
  return (
    isOpen(schema) ||
    "allOf" in schema ||
    Object.entries(schema).some(([key, value]) => hasOpenWithin(key, value))
  );
}

function hasOpenWithin(key: string, value: unknown): boolean {
  if (DATA.has(key)) return false;
  return NAMED.has(key) && isObject(value)
    ? Object.values(value).some(hasOpenObjects)
    : hasOpenObjects(value);
}
