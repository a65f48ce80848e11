import { DEEPSEEK } from "./deepseek.ts";
import { CHAT_ML, LLAMA_3, LLAMA_4 } from "./headers.ts";
import { INSTRUCTIONS } from "./instructions.ts";
import { PLAIN } from "./plain.ts";
import type { Template } from "./template.ts";

const KNOWN: readonly Template[] = [LLAMA_3, LLAMA_4, CHAT_ML, DEEPSEEK, INSTRUCTIONS];

/** The template that a prompt is meant to follow; where the model is not known, a prompt may be plain text too. */
export function recognizeTemplate(prompt: string): Template {
  return KNOWN.find((template) => template.recognizes(prompt)) ?? PLAIN;
}
