import { integer, list, number, object, text } from "../body-shape.ts";
import { knobs, piecesOf, stopWord } from "../completion.ts";
import type { Family } from "../family.ts";
import { INSTRUCTIONS } from "../templates/instructions.ts";
import { readPrompt } from "../templates/template.ts";
import { textOf } from "../written.ts";

/** Mistral 7B, Mixtral, and Large and Small of 2402 when asked by `prompt`. Template: `<s>[INST] … [/INST]`. */
export const MISTRAL_TEXT: Family = {
  name: "Mistral text",
  models: /^mistral\.(mistral-7b|mixtral|mistral-(large|small)-2402)/,
  imported: "mistral",
  claims: (body) => !("messages" in body),
  shape: () =>
    object(
      { prompt: text },
      {
        max_tokens: integer({ min: 1, max: 8192 }),
        temperature: number({ min: 0, max: 1 }),
        top_p: number({ min: 0, max: 1 }),
        top_k: integer({ min: 1 }),
        stop: list(text, { max: 10 }),
      },
    ),
  read: (body) =>
    readPrompt(INSTRUCTIONS, String(body["prompt"]), {
      inferenceConfig: knobs(body, { maxTokens: "max_tokens", topP: "top_p", stop: "stop" }),
    }),
  whole: (answer) => ({
    outputs: [{ text: textOf(answer), stop_reason: stopWord(answer, "stop", "length") }],
  }),
  *chunks(answer) {
    for (const piece of piecesOf(textOf(answer))) yield { outputs: [{ text: piece, stop_reason: null }] };
    yield { outputs: [{ text: "", stop_reason: stopWord(answer, "stop", "length") }] };
  },
};
