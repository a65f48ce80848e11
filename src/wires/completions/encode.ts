import { textOf } from "../../conversation/text-of.ts";
import type { ConverseResponse } from "../../conversation/types.ts";
import type { Completion, CompletionChoice } from "../../openai/completion-response.ts";
import { toExtras, toServiceTier } from "../reply/extras.ts";
import type { ReplyHead } from "../reply/head.ts";
import { toChatUsage } from "../reply/usage.ts";
import { toCompletionFinish } from "./form.ts";

/**
 * Converse responses, one for each choice, as a text completion. What the model thought is no part of the text.
 * @param echoes What each choice's text begins with.
 */
export const encode = (
  responses: readonly ConverseResponse[],
  head: ReplyHead,
  echoes: readonly string[] = [],
): Completion => ({
  id: head.id,
  object: "text_completion",
  created: head.created,
  model: head.model,
  choices: responses.map((response, index) => toChoice(response, index, echoes[index] ?? "")),
  usage: toChatUsage(responses),
  ...toServiceTier(responses[0]?.serviceTier),
  ...toExtras(responses[0] ?? {}),
});

const toChoice = (
  { output, stopReason }: ConverseResponse,
  index: number,
  echo: string,
): CompletionChoice => ({
  text: echo + output.message.content.map((block) => textOf(block) ?? "").join(""),
  index,
  logprobs: null,
  finish_reason: toCompletionFinish(stopReason),
});
