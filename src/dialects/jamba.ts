import type { Conversation, JsonObject } from "../conversation/types.ts";
import { EARLY_CHAT_BODY } from "./parts/chat-traits.ts";
import type { Dialect } from "./dialect.ts";
import { given, withNativeFields } from "./parts/native-fields.ts";
import { toOpenAIAnswer } from "./openai/openai-answer.ts";
import { toFunction } from "./openai/openai-body.ts";
import { toOpenAIMessages } from "./openai/openai-messages.ts";
import { createOpenAIReader } from "./openai/openai-reader.ts";

/** Like OpenAI's, without a choice of tools. Source: AWS, Inference parameters of AI21 Labs Jamba. */
export const jamba: Dialect = {
  name: "jamba",
  traits: {
    ...EARLY_CHAT_BODY,
    images: false,
    maxOutputTokens: 4096,
    maxTemperature: 2,
    toolChoice: [],
    nativeSampling: ["frequency_penalty", "presence_penalty"],
    nativeFields: ["documents", "response_format"],
  },
  toBody,
  toAnswer: toOpenAIAnswer,
  createReader: createOpenAIReader,
};

function toBody(conversation: Conversation): JsonObject {
  const { inferenceConfig, toolConfig } = conversation;
  const body = given({
    messages: toOpenAIMessages(conversation),
    max_tokens: inferenceConfig?.maxTokens,
    temperature: inferenceConfig?.temperature,
    top_p: inferenceConfig?.topP,
    stop: inferenceConfig?.stopSequences,
    tools: toolConfig?.tools.flatMap(toFunction),
  });
  return withNativeFields(body, conversation);
}
