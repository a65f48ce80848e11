import { CLAUDE } from "./families.ts";
import { isObject } from "./request.ts";
import type { ConverseRequest } from "./request.ts";
import { firstOf, modelError, unsupportedField } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** Families that follow a JSON schema. AWS's list has five Claudes; of the others, the open-weight models. */
const FOLLOWS_SCHEMAS =
  /^anthropic\.claude-(opus-4-[56]|sonnet-4-[56]|haiku-4-5)|^(qwen|deepseek\.v|google|nvidia|openai|zai|moonshot|moonshotai|mistral\.(?!pixtral|mixtral|mistral-7b|mistral-(large|small)-2402))/;

/** Keywords that the schema compiler does not know. */
const UNKNOWN_KEYWORDS = new Set(
  "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength maxItems".split(" "),
);

export const STRUCTURED_OUTPUT_RULES: readonly Rule[] = [
  {
    name: "some models have no structured output",
    check: (request, { baseId }) => {
      if (!request.outputConfig?.["textFormat"] || followsSchemas(baseId)) return undefined;
      return CLAUDE.test(baseId)
        ? modelError("output_config.format: Extra inputs are not permitted")
        : unsupportedField("outputConfig.textFormat");
    },
  },
  {
    name: "some models have no strict tools",
    check: (request, { baseId }) =>
      firstOf(request.toolConfig?.tools ?? [], ({ toolSpec }, index) => {
        if (toolSpec?.strict === undefined || followsSchemas(baseId)) return undefined;
        return CLAUDE.test(baseId)
          ? modelError(`tools.${index}.custom.strict: Extra inputs are not permitted`)
          : unsupportedField("toolConfig.tools.toolSpec.strict");
      }),
  },
  {
    name: "the output schema is a JSON string that the compiler knows",
    check: (request) => {
      const text = outputSchema(request);
      if (text === undefined) return undefined;
      const schema = parse(text);
      if (!isObject(schema))
        return "The value at outputConfig.textFormat.structure.jsonSchema.schema must be a valid JSON schema.";
      return schemaProblem("output_config.format.schema", schema);
    },
  },
  {
    name: "the schema of a strict tool is one that the compiler knows",
    check: (request) =>
      firstOf(request.toolConfig?.tools ?? [], ({ toolSpec }, index) =>
        toolSpec?.strict
          ? schemaProblem(`tools.${index}.custom.input_schema`, toolSpec.inputSchema.json)
          : undefined,
      ),
  },
];

function followsSchemas(baseId: string): boolean {
  return !baseId || FOLLOWS_SCHEMAS.test(baseId);
}

/** The text of the JSON schema that the answer has to follow. */
export function outputSchema(request: ConverseRequest): string | undefined {
  const format = request.outputConfig?.["textFormat"] as
    | { structure: { jsonSchema: { schema: string } } }
    | undefined;
  return format?.structure.jsonSchema.schema;
}

function schemaProblem(at: string, schema: unknown): string | undefined {
  if (Array.isArray(schema)) return firstOf(schema, (item) => schemaProblem(at, item));
  if (!isObject(schema)) return undefined;
  if (schema["type"] === "object" && schema["additionalProperties"] !== false) {
    return modelError(`${at}: For 'object' type, 'additionalProperties' must be explicitly set to false`);
  }
  const unknown =
    typeof schema["type"] === "string" && Object.keys(schema).find((key) => UNKNOWN_KEYWORDS.has(key));
  if (unknown)
    return modelError(`${at}: For '${schema["type"]}' type, property '${unknown}' is not supported`);
  return firstOf(Object.entries(schema), ([key, value]) =>
    LITERALS.has(key) ? undefined : schemaProblem(at, value),
  );
}

/** Keywords whose values are data, not schemas. */
const LITERALS = new Set(["enum", "const", "default", "examples", "required"]);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
