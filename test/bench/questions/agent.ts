import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { ChatCompletionMessageParam } from "openai/resources/chat/completions";
import { MAX_TOKENS, MODEL, TEMPERATURE } from "../systems/access.ts";
import { prose, records } from "./agent-texts.ts";
import { AGENT_TOOLS } from "./agent-tools.ts";
import type { JsonObject, Question } from "./question.ts";

/**
 * The history of an agent that has worked for an hour: a system prompt, 28 rounds of seven messages and three at the
 * end are 200.
 */
const ROUNDS = 28;

/** One turn of Converse, and OpenAI's messages that say the same. */
interface Turn {
  openai: ChatCompletionMessageParam[];
  converse: Message;
}

interface Call {
  id: string;
  name: string;
  input: JsonObject;
}

const SYSTEM = prose(1, 12);

const user = (text: string): Turn => ({
  openai: [{ role: "user", content: text }],
  converse: { role: "user", content: [{ text }] },
});

const assistant = (text: string, calls: Call[] = []): Turn => ({
  openai: [
    {
      role: "assistant",
      content: text,
      ...(calls.length > 0 && {
        tool_calls: calls.map(({ id, name, input }) => ({
          id,
          type: "function" as const,
          function: { name, arguments: JSON.stringify(input) },
        })),
      }),
    },
  ],
  converse: {
    role: "assistant",
    content: [{ text }, ...calls.map(({ id, ...use }) => ({ toolUse: { toolUseId: id, ...use } }))],
  },
});

const results = (answers: { id: string; text: string }[]): Turn => ({
  openai: answers.map(({ id, text }) => ({ role: "tool", tool_call_id: id, content: text })),
  converse: {
    role: "user",
    content: answers.map(({ id, text }) => ({ toolResult: { toolUseId: id, content: [{ text }] } })),
  },
});

const callId = (round: number, index: number): string =>
  `call_${String(round * 10 + index).padStart(24, "x8Kq2WbYtLmZr5Vd")}`;

function round(number: number): Turn[] {
  const searches = ["invoices", "customers"].map((resource, index): Call => ({
    id: callId(number, index),
    name: `search_${resource}`,
    input: {
      query: prose(number + index, 1).slice(0, 80),
      filter: { status: ["open", "overdue"], created: { from: "2026-01-01T00:00:00Z" } },
      page: { size: 25 },
    },
  }));
  const update: Call = {
    id: callId(number, 2),
    name: "update_tickets",
    input: { id: `tic_${number}`, changes: { status: "answered", note: prose(number, 1) }, notify: false },
  };
  return [
    user(prose(number * 4, 2)),
    assistant(prose(number * 4 + 1, 1), searches),
    results(searches.map(({ id }, index) => ({ id, text: records(number * 2 + index, 10 + index * 8) }))),
    assistant(prose(number * 4 + 2, 1), [update]),
    results([{ id: update.id, text: JSON.stringify({ ok: true, id: `tic_${number}` }) }]),
    assistant(prose(number * 4 + 3, 5)),
  ];
}

function turns(): Turn[] {
  const rounds = Array.from({ length: ROUNDS }, (_, number) => round(number)).flat();
  return [...rounds, user(prose(500, 1)), assistant(prose(501, 6)), user(prose(502, 2))];
}

export const agent: Question = {
  openai: () => ({
    model: MODEL,
    messages: [{ role: "system", content: SYSTEM }, ...turns().flatMap(({ openai }) => openai)],
    tools: AGENT_TOOLS.map(({ name, description, parameters }) => ({
      type: "function",
      function: { name, description, parameters },
    })),
    tool_choice: "auto",
    max_tokens: MAX_TOKENS,
    temperature: TEMPERATURE,
  }),
  converse() {
    const input = {
      modelId: MODEL,
      system: [{ text: SYSTEM }],
      messages: turns().map(({ converse }) => converse),
      toolConfig: {
        tools: AGENT_TOOLS.map(({ name, description, parameters, converseParameters }) => ({
          toolSpec: { name, description, inputSchema: { json: converseParameters ?? parameters } },
        })),
        toolChoice: { auto: {} },
      },
      inferenceConfig: { maxTokens: MAX_TOKENS, temperature: TEMPERATURE },
    };
    return () => input;
  },
};
