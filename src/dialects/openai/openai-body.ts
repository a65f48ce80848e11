import { isObject } from "../../conversation/json-schema/is-object.ts";
import type { Conversation, JsonObject, TextFormat, Tool, ToolChoice } from "../../conversation/types.ts";
import { given, withNativeFields } from "../parts/native-fields.ts";
import { toOpenAIMessages } from "./openai-messages.ts";

/** What a family calls the bound on its answer: OpenAI's newer models refuse the old name. */
export type LimitName = "max_tokens" | "max_completion_tokens";

/** The request of OpenAI's Chat Completions, without `model`. Source: OpenAI's API reference; aws-bedrock §D.5. */
export function toOpenAIBody(conversation: Conversation, stream: boolean, limit: LimitName): JsonObject {
  const { inferenceConfig, toolConfig, outputConfig } = conversation;
  const body = given({
    messages: toOpenAIMessages(conversation),
    [limit]: inferenceConfig?.maxTokens,
    temperature: inferenceConfig?.temperature,
    top_p: inferenceConfig?.topP,
    stop: inferenceConfig?.stopSequences,
    tools: toolConfig?.tools.flatMap(toFunction),
    tool_choice: toolConfig?.toolChoice && toChoice(toolConfig.toolChoice),
    response_format: outputConfig?.textFormat && toResponseFormat(outputConfig.textFormat),
    stream: stream || undefined,
    stream_options: stream ? { include_usage: true } : undefined,
  });
  return withNativeFields(body, withOwnWords(conversation));
}

export function toFunction({ toolSpec }: Tool): JsonObject[] {
  if (!toolSpec) return [];
  const { inputSchema, ...spec } = toolSpec;
  return [{ type: "function", function: { ...spec, parameters: inputSchema.json } }];
}

function toChoice({ tool, any }: ToolChoice): unknown {
  if (tool) return { type: "function", function: { name: tool.name } };
  return any ? "required" : "auto";
}

function toResponseFormat({ structure: { jsonSchema } }: TextFormat): JsonObject {
  const { name = "response", description, schema } = jsonSchema;
  const own = given({ name, description, schema: JSON.parse(schema) as JsonObject, strict: true });
  return { type: "json_schema", json_schema: own };
}

/** What the fitting says in the words of Claude (one tool at a time) or of GPT on Converse (a nested effort). */
function withOwnWords(conversation: Conversation): Conversation {
  const { tool_choice: choice, reasoning, ...fields } = conversation.additionalModelRequestFields ?? {};
  const native = { ...fields, ...toParallel(choice), ...toEffort(reasoning) };
  return { ...conversation, additionalModelRequestFields: native };
}

function toParallel(choice: unknown): JsonObject {
  if (!isObject(choice) || !("disable_parallel_tool_use" in choice)) return given({ tool_choice: choice });
  const { type, name, disable_parallel_tool_use: disabled } = choice;
  const wanted: ToolChoice = type === "tool" ? { tool: { name: String(name) } } : { any: {} };
  return {
    parallel_tool_calls: disabled !== true,
    ...(type !== "auto" && { tool_choice: toChoice(wanted) }),
  };
}

function toEffort(reasoning: unknown): JsonObject {
  if (!isObject(reasoning)) return given({ reasoning });
  const { effort, ...rest } = reasoning;
  return given({
    reasoning_effort: effort,
    reasoning: Object.keys(rest).length > 0 ? rest : undefined,
  });
}
