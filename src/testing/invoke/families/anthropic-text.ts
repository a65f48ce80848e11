import { integer, list, number, object, text, oneOf } from "../body-shape.ts";
import { knobs, piecesOf } from "../completion.ts";
import type { Family, JsonObject } from "../family.ts";
import { HUMAN_ASSISTANT } from "../templates/human-assistant.ts";
import { readPrompt } from "../templates/template.ts";
import { stopSequenceOf, textOf } from "../written.ts";
import type { Written } from "../written.ts";

const HUMAN = "\n\nHuman:";
const INVALID =
  'Invalid prompt: prompt must start with "\\n\\nHuman:" turn after an optional system prompt, prompt must end with ' +
  '"\\n\\nAssistant:" turn';

/** Claude 1, 2 and Instant. That an answer ended by itself is told as the stop sequence `\n\nHuman:`. */
export const ANTHROPIC_TEXT: Family = {
  name: "Anthropic text completions",
  models: /^anthropic\.claude-(v\d|instant)/,
  shape: () =>
    object(
      { prompt: text, max_tokens_to_sample: integer({ min: 1, max: 4096 }) },
      {
        temperature: number({ min: 0, max: 1 }),
        top_p: number({ min: 0, max: 1 }),
        top_k: integer({ min: 0, max: 500 }),
        stop_sequences: list(text),
        anthropic_version: oneOf("bedrock-2023-05-31"),
      },
    ),
  check: ({ prompt }) => (typeof HUMAN_ASSISTANT.read(String(prompt)) === "string" ? INVALID : undefined),
  read: (body) =>
    readPrompt(HUMAN_ASSISTANT, String(body["prompt"]), {
      inferenceConfig: knobs(body, {
        maxTokens: "max_tokens_to_sample",
        topP: "top_p",
        stop: "stop_sequences",
      }),
    }),
  whole: (answer) => ({ type: "completion", completion: textOf(answer), ...ending(answer) }),
  *chunks(answer) {
    for (const completion of piecesOf(textOf(answer))) {
      yield { type: "completion", completion, stop_reason: null, stop: null };
    }
    yield { type: "completion", completion: "", ...ending(answer) };
  },
};

function ending(answer: Written): JsonObject {
  if (answer.response.stopReason === "max_tokens") return { stop_reason: "max_tokens", stop: null };
  return { stop_reason: "stop_sequence", stop: stopSequenceOf(answer) ?? HUMAN };
}
