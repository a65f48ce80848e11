import { readCompletion } from "./prompt/completion-answer.ts";
import { completionBody, type ConfigNames } from "./prompt/completion-body.ts";
import {
  DEEPSEEK_END_TOKENS,
  DEEPSEEK_MARKS,
  DEEPSEEK_TEMPLATE,
  DEEPSEEK_THOUGHTS,
  DEEPSEEK_TRAITS,
} from "./prompt/deepseek-template.ts";
import { textDialect } from "./prompt/text-dialect.ts";

const NAMES: ConfigNames = {
  maxTokens: "max_tokens",
  temperature: "temperature",
  topP: "top_p",
  stopSequences: "stop",
};

/** R1 as AWS hosts it. Source: AWS, DeepSeek models. */
export const deepseekR1 = textDialect({
  name: "deepseek-r1",
  traits: { ...DEEPSEEK_TRAITS, maxOutputTokens: 32_768 },
  toBody: (conversation) => completionBody(conversation, DEEPSEEK_TEMPLATE, DEEPSEEK_MARKS, NAMES),
  readAnswer: readCompletion,
  thoughts: DEEPSEEK_THOUGHTS,
  endTokens: DEEPSEEK_END_TOKENS,
});
