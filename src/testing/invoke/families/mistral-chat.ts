import { integer, list, number, object, oneOf, text } from "../body-shape.ts";
import { words } from "../family.ts";
import type { Family, JsonObject } from "../family.ts";
import { messages, tools } from "../openai/body.ts";
import { checkToolMessages } from "../openai/check.ts";
import { readOpenAi } from "../openai/read.ts";
import { finishReason, toolCalls } from "../openai/write.ts";
import { OPEN_WEIGHT_RULES } from "../rule-sets.ts";
import { textOf } from "../written.ts";
import type { Written } from "../written.ts";

/** Mistral Large 2402 and 2407, Small 2402 and Pixtral, asked by `messages`. A forced tool is `any`; ids have nine letters. */
export const MISTRAL_CHAT: Family = {
  name: "Mistral chat",
  models: /^mistral\.(mistral-large-24|mistral-small-2402|pixtral)/,
  claims: (body) => "messages" in body,
  shape: () =>
    object(
      { messages },
      {
        max_tokens: integer({ min: 1, max: 8192 }),
        temperature: number({ min: 0, max: 1 }),
        top_p: number({ min: 0, max: 1 }),
        stop: list(text, { max: 10 }),
        tools,
        tool_choice: oneOf("auto", "any", "none"),
      },
    ),
  check: checkToolMessages,
  rules: OPEN_WEIGHT_RULES,
  read: (body) => ({ request: readOpenAi(body) }),
  whole: (answer) => writeChoice({ content: textOf(answer), ...calls(answer) }, finishReason(answer)),
  *chunks(answer) {
    for (const content of words(textOf(answer))) yield writeChoice({ content }, null);
    yield writeChoice({ content: "", ...calls(answer) }, finishReason(answer));
  },
};

function writeChoice(message: JsonObject, stopReason: string | null): JsonObject {
  return { choices: [{ index: 0, message: { role: "assistant", ...message }, stop_reason: stopReason }] };
}

function calls(answer: Written): JsonObject {
  const made = toolCalls(answer);
  return made.length > 0 ? { tool_calls: made } : {};
}
