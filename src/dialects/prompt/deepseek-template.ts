import type { Traits } from "../../conversation/traits.ts";
import type { TagPair } from "../parts/tag-splitter.ts";
import type { Template } from "./template.ts";
import { TEXT_ONLY } from "../parts/text-only.ts";

const END = "<｜end▁of▁sentence｜>";

/** The bars and the underlines are not ASCII. Source: DeepSeek, tokenizer_config.json of R1. */
export const DEEPSEEK_TEMPLATE: Template = {
  begin: "<｜begin▁of▁sentence｜>",
  system: { open: "", close: "" },
  user: { open: "<｜User｜>", close: "" },
  assistant: { open: "<｜Assistant｜>", close: END },
  answer: "<think>\n",
};

/** The prompt has opened the thoughts: an answer that never closes them is nothing else. */
export const DEEPSEEK_THOUGHTS: TagPair = { open: "<think>", close: "</think>", opened: true };

export const DEEPSEEK_END_TOKENS: readonly string[] = [END];

/** It thinks before it answers, so it cannot be given the beginning of an answer. */
export const DEEPSEEK_TRAITS: Partial<Traits> = {
  ...TEXT_ONLY,
  prefill: false,
  topK: "none",
  controlTokens: [
    "<｜begin▁of▁sentence｜>",
    END,
    "<｜User｜>",
    "<｜Assistant｜>",
    "<｜tool▁calls▁begin｜>",
    "<｜tool▁calls▁end｜>",
    "<｜tool▁call▁begin｜>",
    "<｜tool▁call▁end｜>",
    "<｜tool▁sep｜>",
    "<｜tool▁outputs▁begin｜>",
    "<｜tool▁outputs▁end｜>",
    "<｜tool▁output▁begin｜>",
    "<｜tool▁output▁end｜>",
  ],
};

export const DEEPSEEK_MARKS = { controlTokens: DEEPSEEK_TRAITS.controlTokens ?? [] };
