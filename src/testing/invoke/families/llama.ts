import { integer, list, number, object, text } from "../body-shape.ts";
import { piecesOf, stopWord } from "../completion.ts";
import type { Family, JsonObject } from "../family.ts";
import { readImages } from "../images.ts";
import { INSTRUCTIONS } from "../templates/instructions.ts";
import { LLAMA_3, LLAMA_4 } from "../templates/headers.ts";
import { recognizeTemplate } from "../templates/recognize.ts";
import type { Template } from "../templates/template.ts";
import { readPrompt } from "../templates/template.ts";
import { textOf } from "../written.ts";
import type { Written } from "../written.ts";

const DEFAULT_LENGTH = 512;
const SEES = /^meta\.llama(3-2-(11|90)b|4-)/;
const LONG = /^meta\.llama(3-[1-9]-|4-)/;

/** AWS's own page shows Llama 3's template for Llama 4 too. */
const TEMPLATES: readonly { models: RegExp; pick(prompt: string): Template }[] = [
  { models: /^$/, pick: recognizeTemplate },
  { models: /^meta\.llama2/, pick: () => INSTRUCTIONS },
  { models: /^meta\.llama4/, pick: (prompt) => (LLAMA_4.recognizes(prompt) ? LLAMA_4 : LLAMA_3) },
  { models: /./, pick: () => LLAMA_3 },
];

/**
 * Llama 2, 3.x and 4. A prompt that does not follow the model's template is accepted, as at AWS, and answered with
 * babble that names what is wrong. Without `max_gen_len` an answer ends after 512 tokens.
 */
export const LLAMA: Family = {
  name: "Llama",
  models: /^meta\.llama/,
  shape: ({ baseId }) =>
    object(
      { prompt: text },
      {
        max_gen_len: integer({ min: 1, max: !baseId || LONG.test(baseId) ? 8192 : 2048 }),
        temperature: number({ min: 0, max: 1 }),
        top_p: number({ min: 0, max: 1 }),
        ...((!baseId || SEES.test(baseId)) && { images: list(text) }),
      },
    ),
  read: (body, { baseId }) => {
    const prompt = String(body["prompt"]);
    const template = TEMPLATES.find(({ models }) => models.test(baseId))?.pick(prompt) ?? LLAMA_3;
    const maxTokens = (body["max_gen_len"] as number | undefined) ?? DEFAULT_LENGTH;
    const images = readImages((body["images"] ?? []) as string[]);
    return readPrompt(template, prompt.replaceAll("<|image|>", ""), {
      inferenceConfig: { maxTokens },
      images,
    });
  },
  whole: (answer) => writeGeneration(answer, textOf(answer)),
  chunks: (answer) => writeGenerationChunks(answer, textOf(answer)),
};

export function writeGeneration(answer: Written, generation: string): JsonObject {
  const { inputTokens, outputTokens } = answer.response.usage;
  return {
    generation,
    prompt_token_count: inputTokens,
    generation_token_count: outputTokens,
    stop_reason: stopWord(answer, "stop", "length"),
  };
}

/** One chunk a token, the first with the prompt's count, the last without text. */
export function* writeGenerationChunks(answer: Written, text: string): Generator<JsonObject> {
  const { inputTokens, outputTokens } = answer.response.usage;
  for (const [index, generation] of piecesOf(text).entries()) {
    yield {
      generation,
      prompt_token_count: index === 0 ? inputTokens : null,
      generation_token_count: index + 1,
      stop_reason: null,
    };
  }
  yield {
    generation: "",
    prompt_token_count: null,
    generation_token_count: outputTokens,
    stop_reason: stopWord(answer, "stop", "length"),
  };
}
