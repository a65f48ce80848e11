import type { BedrockExtras, ChatUsage, ServiceTier } from "./chat-response.ts";

/** What the completions wire emits. Source: OpenAI's CreateCompletionResponse, which chunks share. */

export type CompletionFinish = "stop" | "length" | "content_filter";

export interface Completion extends BedrockExtras {
  id: string;
  object: "text_completion";
  /** Unix seconds. */
  created: number;
  model: string;
  choices: CompletionChoice[];
  usage: ChatUsage;
  service_tier?: ServiceTier;
}

export interface CompletionChoice {
  text: string;
  index: number;
  logprobs: null;
  finish_reason: CompletionFinish;
}
