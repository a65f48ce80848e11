import type { Traits } from "../conversation/traits.ts";
import type { Conversation, JsonObject, TextFormat, ToolChoice } from "../conversation/types.ts";
import { toAnthropicAnswer } from "./anthropic/anthropic-answer.ts";
import { toAnthropicBlocks, toAnthropicTools } from "./anthropic/anthropic-content.ts";
import { createAnthropicReader } from "./anthropic/anthropic-events.ts";
import type { Dialect } from "./dialect.ts";
import { given, withNativeFields } from "./parts/native-fields.ts";
import { countIn, objectIn } from "./parts/read-native.ts";

const TRAITS: Partial<Traits> = {
  limitRequired: true,
  s3Media: false,
  video: false,
  audio: false,
  toolResultStatus: true,
  webSearch: false,
};

/** Room for an answer, where neither the caller nor the model's traits set a limit. */
const ANSWER_TOKENS = 4096;

/** The Messages API of Anthropic. Source: Anthropic's API reference; aws-bedrock §D.5. */
export const anthropicMessages: Dialect = {
  name: "anthropic-messages",
  traits: TRAITS,
  toBody,
  toAnswer: toAnthropicAnswer,
  createReader: createAnthropicReader,
};

/** Whether it streams is told by the operation, not by the body. */
function toBody(conversation: Conversation): JsonObject {
  const { system, messages, inferenceConfig, toolConfig, outputConfig } = conversation;
  const body = given({
    anthropic_version: "bedrock-2023-05-31",
    max_tokens: inferenceConfig?.maxTokens ?? defaultLimit(conversation),
    system: system && toAnthropicBlocks(system),
    messages: messages.map(({ role, content }) => ({ role, content: toAnthropicBlocks(content) })),
    temperature: inferenceConfig?.temperature,
    top_p: inferenceConfig?.topP,
    stop_sequences: inferenceConfig?.stopSequences,
    tools: toolConfig && toAnthropicTools(toolConfig.tools),
    tool_choice: toolConfig?.toolChoice && toChoice(toolConfig.toolChoice),
    output_config: outputConfig?.textFormat && { format: toFormat(outputConfig.textFormat) },
  });
  return withNativeFields(body, conversation);
}

function defaultLimit({ additionalModelRequestFields: fields }: Conversation): number {
  return ANSWER_TOKENS + (countIn(objectIn(fields, "thinking"), "budget_tokens") ?? 0);
}

function toChoice(choice: ToolChoice): JsonObject {
  if (choice.tool) return { type: "tool", name: choice.tool.name };
  return { type: "any" in choice ? "any" : "auto" };
}

/** The schema is an object there, and has no name. */
const toFormat = ({ structure }: TextFormat): JsonObject => ({
  type: "json_schema",
  schema: JSON.parse(structure.jsonSchema.schema) as JsonObject,
});
