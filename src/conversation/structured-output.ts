import type { Adjustment } from "../adjustments.ts";
import type { Traits } from "./traits.ts";
import { type Fitted, unchanged } from "./fitting.ts";
import { closeObjects, toInputSchema } from "./json-schema.ts";
import type { Conversation, JsonObject, Tool } from "./types.ts";

interface TextFormat {
  structure: { jsonSchema: { schema: string; name?: string; description?: string } };
}

const EMULATED: Adjustment = {
  param: "response_format",
  action: "emulated",
  reason: "This model has no native structured output; a hidden tool carries the answer.",
};

const INSTRUCTED: Adjustment = {
  param: "response_format",
  action: "emulated",
  reason: "This model has no structured output and no tools; it is instructed to follow the schema.",
};

const WIDENED: Adjustment = {
  param: "tool_choice",
  action: "dropped",
  reason: "Beside structured output the model chooses which tool it calls.",
};

/**
 * `outputConfig.textFormat` for the models that have it; for the others a hidden tool whose input is the answer.
 * The caller's own tools stay callable beside it.
 */
export function structuredOutput(conversation: Conversation, traits: Traits): Fitted {
  const { textFormat, ...outputConfig } = conversation.outputConfig ?? {};
  if (!isTextFormat(textFormat)) return unchanged(conversation);
  const { schema, name, description } = textFormat.structure.jsonSchema;
  if (traits.structuredOutput === "native") return native(conversation, textFormat);

  const { outputConfig: _, ...withoutFormat } = conversation;
  const rest = { ...withoutFormat, ...(Object.keys(outputConfig).length > 0 && { outputConfig }) };
  if (traits.structuredOutput === "instruction") return instructed(rest, schema);
  const tools = conversation.toolConfig?.tools ?? [];
  const jsonTool = freeName(name ?? "json_response", tools);
  const tool: Tool = {
    toolSpec: {
      name: jsonTool,
      description: description || "Give the final answer by calling this tool, with the answer as its input.",
      inputSchema: { json: toInputSchema(JSON.parse(schema) as JsonObject) },
    },
  };
  return {
    conversation: {
      ...rest,
      toolConfig: {
        tools: [...tools, tool],
        toolChoice: tools.length > 0 ? { any: {} } : { tool: { name: jsonTool } },
      },
    },
    adjustments: conversation.toolConfig?.toolChoice?.tool ? [EMULATED, WIDENED] : [EMULATED],
    restore: { jsonTool },
  };
}

function native(conversation: Conversation, textFormat: TextFormat): Fitted {
  const { jsonSchema } = textFormat.structure;
  const schema = JSON.stringify(closeObjects(JSON.parse(jsonSchema.schema) as JsonObject));
  return unchanged({
    ...conversation,
    outputConfig: {
      ...conversation.outputConfig,
      textFormat: { ...textFormat, structure: { jsonSchema: { ...jsonSchema, schema } } },
    },
  });
}

const instructed = (conversation: Conversation, schema: string): Fitted => ({
  conversation: {
    ...conversation,
    system: [
      ...(conversation.system ?? []),
      {
        text: `Answer with a single JSON object that follows this JSON Schema, and nothing else:\n${schema}`,
      },
    ],
  },
  adjustments: [INSTRUCTED],
});

function freeName(wanted: string, tools: readonly Tool[]): string {
  const names = new Set(tools.map((tool) => tool.toolSpec.name));
  let name = wanted;
  while (names.has(name)) name = `${name}_`;
  return name;
}

const isTextFormat = (value: unknown): value is TextFormat =>
  typeof value === "object" && value !== null && "structure" in value;
