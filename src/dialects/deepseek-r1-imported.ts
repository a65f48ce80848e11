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

const NAMES: ConfigNames = { maxTokens: "max_gen_len", temperature: "temperature", topP: "top_p" };

/** R1 and what was distilled from it, as an imported model: Llama's body. Source: AWS, Custom model import. */
export const deepseekR1Imported = textDialect({
  name: "deepseek-r1-imported",
  traits: { ...DEEPSEEK_TRAITS, stopSequences: false },
  toBody: (conversation) => completionBody(conversation, DEEPSEEK_TEMPLATE, DEEPSEEK_MARKS, NAMES),
  readAnswer: readCompletion,
  thoughts: DEEPSEEK_THOUGHTS,
  endTokens: DEEPSEEK_END_TOKENS,
});
