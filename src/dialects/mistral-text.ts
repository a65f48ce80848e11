import { readCompletion } from "./prompt/completion-answer.ts";
import { completionBody, type ConfigNames } from "./prompt/completion-body.ts";
import type { Template } from "./prompt/template.ts";
import { textDialect } from "./prompt/text-dialect.ts";
import { TEXT_ONLY } from "./parts/text-only.ts";

/** Source: Mistral AI, instruction format of 7B and Mixtral, which knows no system prompt. */
const TEMPLATE: Template = {
  begin: "<s>",
  system: { open: "[INST] ", close: " [/INST]" },
  user: { open: "[INST] ", close: " [/INST]" },
  assistant: { open: "", lead: " ", close: "</s>" },
};

const controlTokens = ["<s>", "</s>", "[INST]", "[/INST]"];

const NAMES: ConfigNames = {
  maxTokens: "max_tokens",
  temperature: "temperature",
  topP: "top_p",
  stopSequences: "stop",
};

/** Mistral 7B and Mixtral, and what was imported from them. Source: AWS, Mistral AI text completion. */
export const mistralText = textDialect({
  name: "mistral-text",
  traits: { ...TEXT_ONLY, system: false, topK: "top_k", maxOutputTokens: 8192, controlTokens },
  toBody: (conversation) => completionBody(conversation, TEMPLATE, { controlTokens }, NAMES),
  readAnswer: readCompletion,
  lead: " ",
  endTokens: ["</s>"],
});
