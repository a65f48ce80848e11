import { either, flag, integer, list, number, object, text } from "../body-shape.ts";
import { knobs, piecesOf, textAfterThought } from "../completion.ts";
import type { Family, JsonObject } from "../family.ts";
import { readImages } from "../images.ts";
import { firstMalformed } from "../malformed.ts";
import { responseFormat } from "../openai/body.ts";
import { opensThought } from "../templates/deepseek.ts";
import { recognizeTemplate } from "../templates/recognize.ts";
import { readPrompt } from "../templates/template.ts";
import type { Written } from "../written.ts";
import { writeGeneration, writeGenerationChunks } from "./llama.ts";

const DEFAULT_LENGTH = 512;
const LOG_PROBABILITY = -0.01;

/**
 * Imported models, in the format that the oldest imports know. Whatever template a prompt is recognized by, it must
 * follow; a prompt without control tokens is the user's words. A prompt that ends with `<think>` is answered from
 * inside the thought.
 */
export const IMPORTED_COMPLETION: Family = {
  name: "BedrockCompletion",
  models: /^$/,
  imported: "llama",
  refuse: firstMalformed,
  shape: () =>
    object(
      { prompt: text },
      {
        max_gen_len: integer({ min: 1 }),
        temperature: number({ min: 0, max: 1 }),
        top_p: number({ min: 0, max: 1 }),
        top_k: integer(),
        stop: either(text, list(text)),
        images: list(text),
        response_format: responseFormat,
        return_logprobs: flag,
      },
    ),
  read: (body) => {
    const prompt = String(body["prompt"]);
    const named = knobs(body, { maxTokens: "max_gen_len", topP: "top_p", stop: "stop" });
    return readPrompt(recognizeTemplate(prompt), prompt.replaceAll("<|image|>", ""), {
      inferenceConfig: { maxTokens: DEFAULT_LENGTH, ...named },
      images: readImages((body["images"] ?? []) as string[]),
      ...(opensThought(prompt) && { fields: { reasoning_effort: "medium" } }),
    });
  },
  whole: (answer) => ({ ...writeGeneration(answer, generation(answer)), ...logProbabilities(answer) }),
  chunks: (answer) => writeGenerationChunks(answer, generation(answer)),
};

function generation(answer: Written): string {
  return textAfterThought(answer, opensThought(String(answer.body["prompt"])));
}

/** Of the likeliest token alone. */
function logProbabilities(answer: Written): JsonObject {
  if (answer.body["return_logprobs"] !== true) return {};
  return { logprobs: piecesOf(generation(answer)).map((token) => ({ [token]: LOG_PROBABILITY })) };
}
