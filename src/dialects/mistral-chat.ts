import type { Conversation, JsonObject } from "../conversation/types.ts";
import { EARLY_CHAT_BODY } from "./parts/chat-traits.ts";
import type { Dialect } from "./dialect.ts";
import { given, withNativeFields } from "./parts/native-fields.ts";
import { toOpenAIAnswer } from "./openai/openai-answer.ts";
import { toFunction } from "./openai/openai-body.ts";
import { toOpenAIMessages } from "./openai/openai-messages.ts";
import { createOpenAIReader } from "./openai/openai-reader.ts";
import { objectsIn } from "./parts/read-native.ts";

/** The chat body of Mistral Large and Small of 2024, and Pixtral. Source: AWS, Mistral AI chat completion. */
export const mistralChat: Dialect = {
  name: "mistral-chat",
  traits: {
    ...EARLY_CHAT_BODY,
    toolIds: "mistral",
    toolChoice: ["auto", "any"],
    stopSequences: false,
    maxOutputTokens: 8192,
    nativeSampling: [],
    nativeFields: [],
  },
  toBody,
  toAnswer: toOpenAIAnswer,
  createReader: createOpenAIReader,
};

function toBody(conversation: Conversation): JsonObject {
  const { inferenceConfig, toolConfig } = conversation;
  const { toolChoice } = toolConfig ?? {};
  const body = given({
    messages: toOpenAIMessages(conversation).map(withPlainCalls),
    max_tokens: inferenceConfig?.maxTokens,
    temperature: inferenceConfig?.temperature,
    top_p: inferenceConfig?.topP,
    tools: toolConfig?.tools.flatMap(toFunction),
    tool_choice: toolChoice && (toolChoice.any ? "any" : "auto"),
  });
  return withNativeFields(body, conversation);
}

/** Calls have no type there, and a message always has a text. */
function withPlainCalls(message: JsonObject): JsonObject {
  if (!("tool_calls" in message)) return message;
  const calls = objectsIn(message, "tool_calls").map(({ id, function: called }) => ({
    id,
    function: called,
  }));
  return { ...message, content: message["content"] ?? "", tool_calls: calls };
}
