import { integer, list, number, object, string, text } from "../body-shape.ts";
import { knobs, piecesOf, stopWord } from "../completion.ts";
import { isObject } from "../family.ts";
import type { Family } from "../family.ts";
import { PLAIN } from "../templates/plain.ts";
import { readPrompt } from "../templates/template.ts";
import { textOf } from "../written.ts";

const DEFAULT_LENGTH = 512;
const LENGTHS: readonly { models: RegExp; tokens: number }[] = [
  { models: /lite/, tokens: 4096 },
  { models: /premier/, tokens: 3072 },
  { models: /^/, tokens: 8192 },
];

/** Titan text. `User: …\nBot:` is read as turns, anything else as the user's words; 512 tokens unless told otherwise. */
export const TITAN_TEXT: Family = {
  name: "Titan text",
  models: /^amazon\.titan-(text|tg1)/,
  shape: ({ baseId }) =>
    object(
      { inputText: string({ min: 1 }) },
      {
        textGenerationConfig: object(
          {},
          {
            maxTokenCount: integer({
              min: 0,
              max: LENGTHS.find(({ models }) => models.test(baseId))?.tokens ?? 8192,
            }),
            temperature: number({ min: 0, max: 1 }),
            topP: number({ above: 0, max: 1 }),
            stopSequences: list(text),
          },
        ),
      },
    ),
  read: ({ inputText, textGenerationConfig }) => {
    const config = isObject(textGenerationConfig) ? textGenerationConfig : {};
    const named = knobs(config, { maxTokens: "maxTokenCount", topP: "topP", stop: "stopSequences" });
    const inferenceConfig = { maxTokens: DEFAULT_LENGTH, ...named };
    return readPrompt(PLAIN, String(inputText), { inferenceConfig });
  },
  whole: (answer) => {
    const { inputTokens, outputTokens } = answer.response.usage;
    const result = {
      tokenCount: outputTokens,
      outputText: textOf(answer),
      completionReason: stopWord(answer, "FINISHED", "LENGTH"),
    };
    return { inputTextTokenCount: inputTokens, results: [result] };
  },
  *chunks(answer) {
    const { inputTokens, outputTokens } = answer.response.usage;
    const pieces = piecesOf(textOf(answer));
    for (const [at, outputText] of pieces.entries()) {
      const last = at === pieces.length - 1;
      yield {
        outputText,
        index: 0,
        totalOutputTextTokenCount: last ? outputTokens : null,
        completionReason: last ? stopWord(answer, "FINISHED", "LENGTH") : null,
        inputTextTokenCount: at === 0 ? inputTokens : null,
      };
    }
  },
};
