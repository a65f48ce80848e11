import { isObject } from "../../conversation/json-schema/is-object.ts";
import type { JsonObject, Tool } from "../../conversation/types.ts";
import { given } from "../parts/native-fields.ts";
import { objectIn, rowOf, textIn } from "../parts/read-native.ts";

/** JSON Schema's types → Python's, which Cohere speaks of. */
const TYPES: Readonly<Record<string, string>> = {
  string: "str",
  integer: "int",
  number: "float",
  boolean: "bool",
  array: "list",
  object: "dict",
};

/** What is said elsewhere, or to no one. */
const TOLD: ReadonlySet<string> = new Set(["type", "description", "title"]);

/** A tool with parameters that have a type and a description. Whatever else a schema says, the description quotes. */
export function toCohereTool({ toolSpec }: Tool): JsonObject[] {
  if (!toolSpec) return [];
  const { name, description, inputSchema } = toolSpec;
  const required = inputSchema.json["required"];
  const parameters = Object.entries(objectIn(inputSchema.json, "properties") ?? {}).map(
    ([parameter, schema]) => [
      parameter,
      toDefinition(isObject(schema) ? schema : {}, Array.isArray(required) && required.includes(parameter)),
    ],
  );
  return [
    {
      name,
      description: description ?? name,
      parameter_definitions: Object.fromEntries(parameters) as JsonObject,
    },
  ];
}

function toDefinition(schema: JsonObject, required: boolean): JsonObject {
  const type = rowOf(TYPES, textIn(schema, "type"));
  const isTold = type !== undefined && Object.keys(schema).every((key) => TOLD.has(key));
  const quoted = isTold ? undefined : `JSON Schema: ${JSON.stringify(schema)}`;
  const description = [textIn(schema, "description"), quoted].filter(Boolean).join("\n");
  return given({ type: type ?? "str", description: description || undefined, required });
}
