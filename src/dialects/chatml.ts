import { readCompletion } from "./prompt/completion-answer.ts";
import { completionBody, type ConfigNames } from "./prompt/completion-body.ts";
import type { Frame, Template } from "./prompt/template.ts";
import { textDialect } from "./prompt/text-dialect.ts";
import { TEXT_ONLY } from "./parts/text-only.ts";

const END = "<|im_end|>";

const frame = (role: string): Frame => ({ open: `<|im_start|>${role}\n`, close: `${END}\n` });

/** Source: Qwen, chat template of Qwen2 and Qwen3. */
const TEMPLATE: Template = {
  system: frame("system"),
  user: frame("user"),
  assistant: frame("assistant"),
};

const controlTokens = ["<|im_start|>", END, "<|endoftext|>"];

const NAMES: ConfigNames = {
  maxTokens: "max_gen_len",
  temperature: "temperature",
  topP: "top_p",
  stopSequences: "stop",
};

/** An imported Qwen2 or Qwen3, which thinks first. Source: AWS, Custom model import. */
export const chatml = textDialect({
  name: "chatml",
  traits: { ...TEXT_ONLY, topK: "top_k", controlTokens },
  toBody: (conversation) => completionBody(conversation, TEMPLATE, { controlTokens }, NAMES),
  readAnswer: readCompletion,
  thoughts: { open: "<think>", close: "</think>" },
  endTokens: [END, "<|endoftext|>"],
});
