import { flag, integer, list, number, object, oneOf, openObject, text } from "../body-shape.ts";
import { knobs, stopWord } from "../completion.ts";
import { words } from "../family.ts";
import type { Family, JsonObject } from "../family.ts";
import { readCommandR } from "../cohere-chat.ts";
import { callsOf, idOf, textOf } from "../written.ts";
import type { Written } from "../written.ts";

const call = object({ name: text, parameters: openObject() });

/** Cohere Command R and R+: one message, and what was said before. */
export const COHERE_COMMAND_R: Family = {
  name: "Cohere Command R",
  models: /^cohere\.command-r/,
  shape: () =>
    object(
      { message: text },
      {
        chat_history: list(
          object({ role: oneOf("USER", "CHATBOT") }, { message: text, tool_calls: list(call) }),
        ),
        preamble: text,
        documents: list(openObject()),
        search_queries_only: flag,
        max_tokens: integer({ min: 1, max: 4000 }),
        temperature: number({ min: 0, max: 1 }),
        p: number({ min: 0.01, max: 0.99 }),
        k: number({ min: 0, max: 500 }),
        prompt_truncation: oneOf("OFF", "AUTO_PRESERVE_ORDER"),
        frequency_penalty: number({ min: 0, max: 1 }),
        presence_penalty: number({ min: 0, max: 1 }),
        seed: integer(),
        return_prompt: flag,
        tools: list(
          object(
            { name: text, description: text },
            {
              parameter_definitions: openObject(),
            },
          ),
        ),
        tool_results: list(object({ call, outputs: list(openObject()) })),
        stop_sequences: list(text, { max: 5 }),
        raw_prompting: flag,
        force_single_step: flag,
      },
    ),
  read: (body) => ({
    request: {
      ...readCommandR(body),
      inferenceConfig: knobs(body, { maxTokens: "max_tokens", topP: "p", stop: "stop_sequences" }),
    },
  }),
  whole: writeWhole,
  *chunks(answer) {
    yield { is_finished: false, event_type: "stream-start", generation_id: idOf(answer) };
    for (const text of words(textOf(answer)))
      yield { is_finished: false, event_type: "text-generation", text };
    const made = toolCalls(answer);
    if (made.length > 0) {
      yield { is_finished: false, event_type: "tool-calls-generation", text: "", tool_calls: made };
    }
    yield {
      is_finished: true,
      event_type: "stream-end",
      finish_reason: finish(answer),
      response: writeWhole(answer),
    };
  },
};

function writeWhole(answer: Written): JsonObject {
  const text = textOf(answer);
  const made = toolCalls(answer);
  const history = (answer.body["chat_history"] ?? []) as JsonObject[];
  const said = { role: "CHATBOT", message: text };
  return {
    response_id: idOf(answer),
    generation_id: idOf(answer),
    text,
    finish_reason: finish(answer),
    chat_history: [...history, { role: "USER", message: answer.body["message"] }, said],
    ...(made.length > 0 && { tool_calls: made }),
  };
}

/** Cohere's calls have no ids. */
function toolCalls(answer: Written): JsonObject[] {
  return callsOf(answer).map(({ name, input }) => ({ name, parameters: input }));
}

function finish(answer: Written): string {
  return stopWord(answer, "COMPLETE", "MAX_TOKENS");
}
