import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startExample } from "../../support/example.ts";

const EXAMPLES = join(import.meta.dirname, "../../../examples");

interface Program {
  file: string;
  question?: string;
  says: RegExp[];
}

const PROGRAMS: Program[] = [
  {
    file: "demo/demo.ts",
    says: [
      /get_weather\("Oslo"\) was called/,
      /PNG image, 48×32 pixels/,
      /BadRequestError \(inference_profile_required/,
    ],
  },
  { file: "openai-client/chat.ts", question: "Are you there?", says: [/Are you there\?/] },
  { file: "openai-client/chat.ts", says: [/3\.9 or 3\.11/] },
  {
    file: "openai-agents/agent.ts",
    question: 'count_stock of the part "valve"',
    says: [
      /\[count_stock\("valve"\) → 12\]\n[^]*valve: 12 in stock[^]*\n2 requests, \d+ tokens in, \d+ out\n$/,
    ],
  },
  { file: "openai-agents/agent.ts", says: [/pump: 3 in stock/] },
  {
    file: "ai-sdk/chat.ts",
    question: 'search_notes for "must visitors wear a helmet?"',
    says: [
      /\[search_notes\("must visitors wear a helmet\?"\) → "Visitors wear a helmet in the hall\."\]\n/,
      /\n2 steps, [1-9]\d* tokens in, [1-9]\d* out\n$/,
    ],
  },
  { file: "ai-sdk/chat.ts", says: [/→ "The pump stops when the water is too warm/] },
  {
    file: "langchain-rag/rag.ts",
    says: [/\[1\] The pump stops when the water is too warm/, /\n\[1\] pump\.md\n\[2\] \w+\.md\n$/],
  },
  { file: "langchain-rag/rag.ts", question: "Do visitors wear a helmet?", says: [/\n\[1\] visitors\.md\n/] },
  {
    file: "responses/turns.ts",
    question: "Are you there?",
    says: [
      /> Are you there\?\n[^>]*Are you there\?[^]*answering for us\.anthropic/,
      /another model[^]*Say that again, please\.[^]*answering for us\.amazon\.nova-pro/,
      /\nus\.amazon\.nova-pro-v1:0 read [1-9]\d* tokens, 1 item of them new\./,
      /\nqueued in one process,\ncompleted when read in the other: You said: Write a report/,
      /\nDeleted: a 404 in both\.\n$/,
    ],
  },
  {
    file: "anthropic-sdk/chat.ts",
    question: 'high_tide for "Hamburg"',
    says: [
      /\(us\.anthropic[^]*\[high_tide\("Hamburg"\) → 18:05\][^]*Hamburg: 18:05[^]*\(end_turn, [1-9]\d* tokens out\)/,
      /\(us\.amazon[^]*\[high_tide\("Hamburg"\) → 18:05\][^]*Hamburg: 18:05[^]*\(end_turn, [1-9]\d* tokens out\)\n$/,
    ],
  },
  {
    file: "guardrails/guardrails.ts",
    question: "Is anybody there?",
    says: [
      /> Is anybody there\?\n[^>]*\[stop\]\n/,
      /Sorry, the guardrail blocked this\. \[content_filter\]\ntrace: \{/,
      /abc123def456:DRAFT finds in "You are a kind person\.": nothing/,
      /finds in "You stupid idiot, I will kill you\.": harassment, violence/,
    ],
  },
  {
    file: "retrieval/retrieval.ts",
    says: [/Best after ranking again[^]*The pump stops when the water is too warm/],
  },
  { file: "lambda/invoke.ts", question: "Anybody there?", says: [/statusCode: 200/, /Anybody there\?/] },
];

describe.each(PROGRAMS)("examples/$file $question", ({ file, question, says }) => {
  it("says what is true, that it is the emulator, and ends well", { timeout: 60_000 }, async () => {
    const example = startExample(`examples/${file}`, {
      args: question === undefined ? [] : [question],
      // Of OpenAI's, in many a shell: nothing may go there.
      env: { OPENAI_API_KEY: "sk-of-openai", OPENAI_BASE_URL: "http://127.0.0.1:9/elsewhere" },
    });
    expect(await example.ended).toBe(0);
    expect(example.complaints()).toBe("");
    expect(example.output()).toContain("EMULATOR");
    for (const words of says) expect(example.output()).toMatch(words);
  });
});

describe("every example", () => {
  const folders = readdirSync(EXAMPLES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "demo")
    .map(({ name }) => name);

  it.each(folders)("%s has a README of one screen that says what to type", (name) => {
    const readme = readFileSync(join(EXAMPLES, name, "README.md"), "utf8");
    expect(readme).toMatch(new RegExp(`npm run example examples/${name}/|npm start`));
    expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(15);
  });
});
