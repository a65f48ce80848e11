import { integer, list, number, object, text } from "../body-shape.ts";
import { knobs, piecesOf, stopWord, textAfterThought } from "../completion.ts";
import type { Family } from "../family.ts";
import { DEEPSEEK, opensThought } from "../templates/deepseek.ts";
import { readPrompt } from "../templates/template.ts";
import type { Written } from "../written.ts";

/**
 * DeepSeek R1. It always thinks: an answer to a prompt that ends with `<think>\n` begins inside the thought, any other
 * opens its own. Both close it with `</think>`.
 */
export const DEEPSEEK_R1: Family = {
  name: "DeepSeek R1",
  models: /^deepseek\.r1/,
  shape: () =>
    object(
      { prompt: text },
      {
        max_tokens: integer({ min: 1, max: 32_768 }),
        temperature: number({ min: 0, max: 1 }),
        top_p: number({ min: 0, max: 1 }),
        stop: list(text, { max: 10 }),
      },
    ),
  read: (body) =>
    readPrompt(DEEPSEEK, String(body["prompt"]), {
      inferenceConfig: knobs(body, { maxTokens: "max_tokens", topP: "top_p", stop: "stop" }),
    }),
  whole: (answer) => ({ choices: [{ text: said(answer), stop_reason: stopWord(answer, "stop", "length") }] }),
  *chunks(answer) {
    for (const piece of piecesOf(said(answer))) yield { choices: [{ text: piece, stop_reason: null }] };
    yield { choices: [{ text: "", stop_reason: stopWord(answer, "stop", "length") }] };
  },
};

function said(answer: Written): string {
  return textAfterThought(answer, opensThought(String(answer.body["prompt"])));
}
