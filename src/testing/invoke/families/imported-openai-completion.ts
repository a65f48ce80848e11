import { either, flag, integer, list, object, openObject, text } from "../body-shape.ts";
import { knobs, piecesOf, textAfterThought } from "../completion.ts";
import { isObject } from "../family.ts";
import type { Family, JsonObject } from "../family.ts";
import { firstMalformed } from "../malformed.ts";
import { addressing, responseFormat, sampling } from "../openai/body.ts";
import { checkAddressing } from "../openai/check.ts";
import { schemaOfFormat, textFormat } from "../openai/text-format.ts";
import { envelope, finishReason, indexes, writeUsage } from "../openai/write.ts";
import { opensThought } from "../templates/deepseek.ts";
import { recognizeTemplate } from "../templates/recognize.ts";
import { readPrompt } from "../templates/template.ts";
import { idOf } from "../written.ts";
import type { Written } from "../written.ts";

/** Imported models, asked with OpenAI's Completions body, of which `max_tokens` is the mark. */
export const IMPORTED_OPENAI_COMPLETION: Family = {
  name: "OpenAICompletion",
  models: /^$/,
  imported: "new",
  claims: (body) => "prompt" in body && "max_tokens" in body,
  refuse: firstMalformed,
  shape: () =>
    object(
      { prompt: text, max_tokens: integer({ min: 1 }) },
      {
        ...addressing,
        ...sampling,
        n: integer({ min: 1, max: 16 }),
        best_of: integer({ min: 1 }),
        echo: flag,
        logprobs: integer({ min: 0 }),
        prompt_logprobs: integer({ min: 0 }),
        top_k: integer(),
        suffix: text,
        user: text,
        response_format: responseFormat,
        structured_outputs: object(
          {},
          { json: either(openObject(), text), regex: text, choice: list(text), grammar: text },
        ),
      },
    ),
  check: checkAddressing,
  read: (body) => {
    const prompt = String(body["prompt"]);
    const reading = readPrompt(recognizeTemplate(prompt), prompt, {
      inferenceConfig: knobs(body, { maxTokens: "max_tokens", topP: "top_p", stop: "stop" }),
      ...(opensThought(prompt) && { fields: { reasoning_effort: "medium" } }),
    });
    return { ...reading, request: { ...reading.request, ...textFormat(schemaOf(body)) } };
  },
  whole: (answer) => ({
    ...textCompletion(answer),
    choices: indexes(answer).map((index) => choice(index, completion(answer), finishReason(answer))),
    usage: writeUsage(answer),
  }),
  *chunks(answer) {
    for (const index of indexes(answer)) {
      const pieces = piecesOf(completion(answer));
      for (const [at, piece] of pieces.entries()) {
        const finish = at === pieces.length - 1 ? finishReason(answer) : null;
        yield { ...textCompletion(answer), choices: [choice(index, piece, finish)] };
      }
    }
    yield { ...textCompletion(answer), choices: [], usage: writeUsage(answer) };
  },
};

function completion(answer: Written): string {
  const prompt = String(answer.body["prompt"]);
  const text = textAfterThought(answer, opensThought(prompt));
  const said = choicesOf(answer.body) ? text.replace(/^"|"$/g, "") : text;
  return `${answer.body["echo"] === true ? prompt : ""}${said}`;
}

function choice(index: number, text: string, finish: string | null): JsonObject {
  return { index, text, logprobs: null, finish_reason: finish };
}

function textCompletion(answer: Written): JsonObject {
  return { ...envelope(answer, "text_completion"), id: `cmpl-${idOf(answer)}` };
}

function choicesOf({ structured_outputs: outputs }: JsonObject): unknown[] | undefined {
  const { choice: words } = isObject(outputs) ? outputs : {};
  return Array.isArray(words) ? words : undefined;
}

/** What the answer must look like: a schema, or one of several words. */
function schemaOf({
  response_format: format,
  structured_outputs: outputs,
}: JsonObject): JsonObject | undefined {
  const words = choicesOf({ structured_outputs: outputs });
  if (words) return { enum: words };
  const { json } = isObject(outputs) ? outputs : {};
  if (json !== undefined) return (typeof json === "string" ? JSON.parse(json) : json) as JsonObject;
  return schemaOfFormat(format);
}
