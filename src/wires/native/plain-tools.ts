import { isObject } from "../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../conversation/types.ts";

/** What OpenAI takes as a function's name; Converse's fitting renames the others. */
export const NAME = /^[\w-]{1,64}$/;

const TOOL: ReadonlySet<string> = new Set(["type", "function"]);
const FUNCTION: ReadonlySet<string> = new Set(["name", "description", "parameters", "strict"]);

/** At the root of a schema OpenAI refuses them. */
const COMBINATORS = ["anyOf", "oneOf", "allOf", "not", "enum", "$ref"];

export const hasOnly = (value: object, members: ReadonlySet<string>): boolean =>
  Object.keys(value).every((name) => members.has(name));

/** A tool of chat's as OpenAI's own endpoint takes it: no marks for the cache, no name or schema to be mended. */
export const isPlainTool = (tool: unknown): boolean =>
  isObject(tool) && tool["type"] === "function" && hasOnly(tool, TOOL) && isPlainFunction(tool["function"]);

/** The same of what is said of a function. */
export const isPlainFunction = (offered: unknown): boolean =>
  isObject(offered) &&
  hasOnly(offered, FUNCTION) &&
  NAME.test(String(offered["name"])) &&
  isPlainSchema(offered["parameters"]);

function isPlainSchema(schema: unknown): boolean {
  if (schema == null) return true;
  if (!isObject(schema)) return false;
  const { type = "object" } = schema;
  return type === "object" && !COMBINATORS.some((name) => name in schema);
}

/** "object schema missing properties", says OpenAI of a function whose schema has none. */
export const withWholeSchema = (offered: JsonObject): JsonObject =>
  isObject(offered["parameters"])
    ? { ...offered, parameters: { type: "object", properties: {}, ...offered["parameters"] } }
    : offered;
