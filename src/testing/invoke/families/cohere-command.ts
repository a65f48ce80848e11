import { flag, integer, list, number, object, oneOf, openObject, string, text } from "../body-shape.ts";
import { knobs, piecesOf, stopWord } from "../completion.ts";
import type { Family } from "../family.ts";
import { PLAIN } from "../templates/plain.ts";
import { readPrompt } from "../templates/template.ts";
import { idOf, textOf } from "../written.ts";
import type { Written } from "../written.ts";

/** Cohere Command and Command Light, from before they could chat. Their headers count nothing. */
export const COHERE_COMMAND: Family = {
  name: "Cohere Command text",
  models: /^cohere\.command-(light-)?text/,
  uncounted: true,
  shape: () =>
    object(
      { prompt: string({ min: 1 }) },
      {
        temperature: number({ min: 0, max: 5 }),
        p: number({ min: 0, max: 1 }),
        k: number({ min: 0, max: 500 }),
        max_tokens: integer({ min: 1, max: 4096 }),
        stop_sequences: list(text, { max: 4 }),
        return_likelihoods: oneOf("GENERATION", "ALL", "NONE"),
        stream: flag,
        num_generations: integer({ min: 1, max: 5 }),
        logit_bias: openObject(),
        truncate: oneOf("NONE", "START", "END"),
      },
    ),
  check: ({ stream }, _, streaming) =>
    stream !== undefined && stream !== streaming
      ? "The stream parameter in the request body does not match the operation."
      : undefined,
  read: (body) =>
    readPrompt(PLAIN, String(body["prompt"]), {
      inferenceConfig: knobs(body, { maxTokens: "max_tokens", topP: "p", stop: "stop_sequences" }),
    }),
  whole: (answer) => ({
    id: idOf(answer),
    prompt: answer.body["prompt"],
    generations: generations(answer).map((index) => ({
      id: `${idOf(answer)}-${index}`,
      text: textOf(answer),
      finish_reason: finish(answer),
    })),
  }),
  *chunks(answer) {
    for (const index of generations(answer)) {
      for (const text of piecesOf(textOf(answer))) yield { index, is_finished: false, text };
      yield { index, is_finished: true, finish_reason: finish(answer), text: "" };
    }
  },
};

function generations({ body }: Written): number[] {
  return Array.from({ length: Number(body["num_generations"] ?? 1) }, (_, index) => index);
}

function finish(answer: Written): string {
  return stopWord(answer, "COMPLETE", "MAX_TOKENS");
}
