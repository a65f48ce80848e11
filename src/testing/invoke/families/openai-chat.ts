import type { Family, JsonObject, Model } from "../family.ts";
import { openAiChatBody } from "../openai/body.ts";
import { checkAddressing, checkToolMessages } from "../openai/check.ts";
import { readOpenAi } from "../openai/read.ts";
import { writeCompletion, writeCompletionChunks } from "../openai/write.ts";
import type { Voice } from "../openai/write.ts";
import { OPEN_WEIGHT_RULES } from "../rule-sets.ts";
import type { Written } from "../written.ts";

const GPT_OSS = /^openai\.gpt-oss/;
/** These put their thoughts in `<reasoning>` at the start of their content. */
const THINKS_IN_CONTENT = /^openai\.gpt-oss|^moonshot(ai)?\.kimi/;

/** The open-weight models and others that take OpenAI's Chat Completions body. gpt-oss always reasons. */
export const OPENAI_CHAT: Family = {
  name: "OpenAI chat",
  models:
    /^(openai\.gpt-oss|qwen\.|deepseek\.v|zai\.|moonshot(ai)?\.|minimax\.|nvidia\.|google\.gemma-3|writer\.palmyra|xai\.grok|mistral\.(mistral-large-3|ministral|magistral|devstral|voxtral))/,
  shape: () => openAiChatBody,
  check: (body, model, streaming) => checkAddressing(body, model, streaming) ?? checkToolMessages(body),
  rules: OPEN_WEIGHT_RULES,
  read: (body, model) => ({ request: readOpenAi(withEffort(body, model)) }),
  whole: (answer) => writeCompletion(answer, voiceOf(answer)),
  chunks: (answer) => writeCompletionChunks(answer, voiceOf(answer)),
};

function withEffort(body: JsonObject, { baseId }: Model): JsonObject {
  return GPT_OSS.test(baseId) ? { reasoning_effort: "medium", ...body } : body;
}

function voiceOf({ model }: Written): Voice {
  return { thinksInContent: THINKS_IN_CONTENT.test(model.baseId) };
}
