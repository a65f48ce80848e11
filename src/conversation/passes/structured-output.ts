import type { Adjustment } from "../../adjustments.ts";
import { willThink } from "./reasoning.ts";
import type { Traits } from "../traits.ts";
import { withFields } from "../additional-fields.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import { toInputSchema } from "../json-schema/input-schema.ts";
import { isCompilable, toStrictSchema } from "../json-schema/strict-schema.ts";
import type { Conversation, JsonObject, TextFormat, Tool } from "../types.ts";

const PURPOSE = "Give the final answer by calling this tool, with the answer as its input.";

const EMULATED: Adjustment = {
  param: "response_format",
  action: "emulated",
  reason: "This model has no native structured output for this schema; a hidden tool carries the answer.",
};

const INSTRUCTED: Adjustment = {
  param: "response_format",
  action: "emulated",
  reason: "This model can be held to no schema; it is instructed to follow it.",
};

const WIDENED: Adjustment = {
  param: "tool_choice",
  action: "dropped",
  reason: "Beside structured output the model chooses which tool it calls.",
};

/**
 * `outputConfig.textFormat`, or its twin in the model's own body, for the models that have it and the schemas that AWS
 * compiles; for the others a hidden tool whose input is the answer, or an instruction. The caller's own tools stay
 * callable beside it.
 */
export function structuredOutput(conversation: Conversation, traits: Traits): Fitted {
  const { textFormat, ...effort } = conversation.outputConfig ?? {};
  if (!textFormat) return unchanged(conversation);
  const schema = JSON.parse(textFormat.structure.jsonSchema.schema) as JsonObject;
  const compiles = isCompilable(schema) && !isCited(conversation);
  if (traits.structuredOutput === "native" && compiles) return native(conversation, textFormat, schema);

  const { outputConfig: _, ...withoutFormat } = conversation;
  const rest = { ...withoutFormat, ...(Object.keys(effort).length > 0 && { outputConfig: effort }) };
  if (traits.structuredOutput === "model" && compiles) return byModel(rest, schema);
  return traits.structuredOutput === "instruction" || !canForce(conversation, traits)
    ? instructed(rest, textFormat.structure.jsonSchema.schema)
    : byTool(rest, textFormat, schema);
}

/** A hidden tool that need not be called is no better than words. */
const canForce = (conversation: Conversation, traits: Traits): boolean =>
  traits.tools && traits.toolChoice.some((kind) => kind !== "auto") && !willThink(conversation, traits);

/** What is cited cannot be held to a schema. */
const isCited = ({ messages }: Conversation): boolean =>
  messages.some(({ content }) =>
    content.some((block) =>
      [block, ...(block.toolResult?.content ?? [])].some((part) => part.document?.citations?.enabled),
    ),
  );

function native(conversation: Conversation, textFormat: TextFormat, schema: JsonObject): Fitted {
  const { jsonSchema } = textFormat.structure;
  const strict = JSON.stringify(toStrictSchema(schema));
  return unchanged({
    ...conversation,
    outputConfig: {
      ...conversation.outputConfig,
      textFormat: { ...textFormat, structure: { jsonSchema: { ...jsonSchema, schema: strict } } },
    },
  });
}

/** Anthropic's own member: the schema is an object there, and has no name. */
function byModel(conversation: Conversation, schema: JsonObject): Fitted {
  const { output_config: own, ...fields } = conversation.additionalModelRequestFields ?? {};
  const format = { type: "json_schema", schema: toStrictSchema(schema) };
  return unchanged({
    ...conversation,
    ...withFields({ ...fields, output_config: { ...(own as JsonObject | undefined), format } }),
  });
}

function byTool(conversation: Conversation, textFormat: TextFormat, schema: JsonObject): Fitted {
  const { name, description } = textFormat.structure.jsonSchema;
  const { tools = [], toolChoice } = conversation.toolConfig ?? {};
  const jsonTool = freeName(name ?? "json_response", tools);
  const tool: Tool = {
    toolSpec: {
      name: jsonTool,
      description: description ? `${description}\n\n${PURPOSE}` : PURPOSE,
      inputSchema: { json: toInputSchema(schema) },
    },
  };
  return {
    conversation: {
      ...conversation,
      toolConfig: {
        tools: [...tools, tool],
        toolChoice: tools.length > 0 ? { any: {} } : { tool: { name: jsonTool } },
      },
    },
    adjustments: toolChoice?.tool ? [EMULATED, WIDENED] : [EMULATED],
    restore: { jsonTool, jsonText: true },
  };
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
  restore: { jsonText: true },
});

function freeName(wanted: string, tools: readonly Tool[]): string {
  const names = new Set(tools.map((tool) => tool.toolSpec?.name));
  let name = wanted;
  while (names.has(name)) name = `${name}_`;
  return name;
}
