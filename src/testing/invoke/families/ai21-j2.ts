import { flag, integer, list, number, object, text } from "../body-shape.ts";
import { knobs, piecesOf, stopWord } from "../completion.ts";
import type { Family } from "../family.ts";
import { PLAIN } from "../templates/plain.ts";
import { readPrompt } from "../templates/template.ts";
import { idOf, textOf } from "../written.ts";

const penalty = object(
  { scale: number() },
  {
    applyToWhitespaces: flag,
    applyToPunctuations: flag,
    applyToNumbers: flag,
    applyToStopwords: flag,
    applyToEmojis: flag,
  },
);

/** AI21 Jurassic-2. It does not stream, and its headers count nothing. */
export const AI21_J2: Family = {
  name: "AI21 J2",
  models: /^ai21\.j2/,
  uncounted: true,
  shape: () =>
    object(
      { prompt: text },
      {
        maxTokens: integer({ min: 0, max: 8191 }),
        temperature: number({ min: 0, max: 1 }),
        topP: number({ min: 0, max: 1 }),
        stopSequences: list(text),
        numResults: integer({ min: 1 }),
        countPenalty: penalty,
        presencePenalty: penalty,
        frequencyPenalty: penalty,
      },
    ),
  read: (body) =>
    readPrompt(PLAIN, String(body["prompt"]), {
      inferenceConfig: knobs(body, { maxTokens: "maxTokens", topP: "topP", stop: "stopSequences" }),
    }),
  whole: (answer) => {
    const text = textOf(answer);
    const reason =
      answer.response.stopReason === "stop_sequence" ? "stop" : stopWord(answer, "endoftext", "length");
    return {
      id: idOf(answer),
      prompt: { text: answer.body["prompt"], tokens: tokens(String(answer.body["prompt"])) },
      completions: [{ data: { text, tokens: tokens(text) }, finishReason: { reason } }],
    };
  },
};

function tokens(text: string) {
  return piecesOf(text).map((token) => ({ generatedToken: { token, logprob: -0.01 } }));
}
