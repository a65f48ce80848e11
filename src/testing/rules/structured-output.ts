import { compilerProblem } from "./compiled-schema.ts";
import { CLAUDE } from "./families.ts";
import { documentBlocks, isObject } from "./request.ts";
import type { ConverseRequest } from "./request.ts";
import { firstOf, modelError, unsupportedField } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** Families that follow a JSON schema. AWS's list has five Claudes; of the others, the open-weight models. */
const FOLLOWS_SCHEMAS =
  /^anthropic\.claude-(opus-4-[56]|sonnet-4-[56]|haiku-4-5)|^(qwen|deepseek\.v|google|nvidia|openai|zai|moonshot|moonshotai|mistral\.(?!pixtral|mixtral|mistral-7b|mistral-(large|small)-2402))/;

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
    name: "an answer is cited or structured, not both",
    check: (request) =>
      request.outputConfig?.["textFormat"] &&
      (request.messages ?? []).some(({ content }) =>
        documentBlocks(content).some(({ citations }) => citations?.enabled),
      )
        ? modelError("output_config.format: Structured outputs are incompatible with citations.")
        : undefined,
  },
  {
    name: "the output schema is a JSON string that the compiler knows",
    check: (request) => {
      const text = outputSchema(request);
      if (text === undefined) return undefined;
      const schema = parse(text);
      if (!isObject(schema))
        return "The value at outputConfig.textFormat.structure.jsonSchema.schema must be a valid JSON schema.";
      return compilerProblem("output_config.format.schema", schema);
    },
  },
  {
    name: "the schema of a strict tool is one that the compiler knows",
    check: (request) =>
      firstOf(request.toolConfig?.tools ?? [], ({ toolSpec }, index) =>
        toolSpec?.strict
          ? compilerProblem(`tools.${index}.custom.input_schema`, toolSpec.inputSchema.json)
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
