import type { Traits } from "../conversation/traits.ts";
import { CHAT_BODY } from "./parts/chat-traits.ts";
import type { Dialect } from "./dialect.ts";
import { toOpenAIAnswer } from "./openai/openai-answer.ts";
import { type LimitName, toOpenAIBody } from "./openai/openai-body.ts";
import { createOpenAIReader } from "./openai/openai-reader.ts";

const TRAITS: Partial<Traits> = {
  ...CHAT_BODY,
  maxTemperature: 2,
  parallelToolControl: true,
  nativeSampling: ["seed", "frequency_penalty", "presence_penalty"],
};

const dialect = (name: string, limit: LimitName, traits: Partial<Traits>): Dialect => ({
  name,
  traits,
  toBody: (conversation, stream) => toOpenAIBody(conversation, stream, limit),
  toAnswer: toOpenAIAnswer,
  createReader: createOpenAIReader,
});

/** OpenAI's Chat Completions, as the open models on Bedrock and imported ones take it. */
export const openaiChat = dialect("openai-chat", "max_tokens", TRAITS);

const REASONING: Partial<Traits> = { ...TRAITS, nativeSampling: [] };

/** The same as OpenAI's own newer models take it, which choose how they sample. */
export const openaiReasoningChat = dialect("openai-reasoning-chat", "max_completion_tokens", REASONING);

/** GPT-5.6 beside them: "use /v1/responses or set reasoning_effort to none", which it asks for wherever tools are offered. */
export const gpt56Chat = dialect("openai-reasoning-chat", "max_completion_tokens", {
  ...REASONING,
  thinksBesideTools: false,
});
