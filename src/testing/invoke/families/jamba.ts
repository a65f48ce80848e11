import { integer, list, number, object, text } from "../body-shape.ts";
import type { Family } from "../family.ts";
import { addressing, messages, responseFormat, sampling, toolChoice, tools } from "../openai/body.ts";
import { checkAddressing, checkToolMessages } from "../openai/check.ts";
import { readOpenAi } from "../openai/read.ts";
import { writeCompletion, writeCompletionChunks } from "../openai/write.ts";

/** AI21 Jamba: almost OpenAI's chat body, and answers in as many choices as `n` asks for. */
export const JAMBA: Family = {
  name: "AI21 Jamba",
  models: /^ai21\.jamba/,
  shape: () =>
    object(
      { messages },
      {
        ...addressing,
        ...sampling,
        max_tokens: integer({ min: 1, max: 4096 }),
        temperature: number({ min: 0, max: 2 }),
        stop: list(text),
        n: integer({ min: 1, max: 16 }),
        tools,
        tool_choice: toolChoice,
        response_format: responseFormat,
        documents: list(object({ content: text }, { metadata: list(object({ key: text, value: text })) })),
      },
    ),
  check: (body, model, streaming) => checkAddressing(body, model, streaming) ?? checkToolMessages(body),
  read: (body) => ({ request: readOpenAi(body) }),
  whole: (answer) => writeCompletion(answer),
  chunks: (answer) => writeCompletionChunks(answer),
};
