import { describe, expect, it } from "vitest";
import { jamba } from "../../../src/dialects/jamba.ts";
import {
  asks,
  assistant,
  fields,
  offers,
  result,
  says,
  system,
  textFormat,
  use,
  user,
} from "../../support/conversations.ts";
import { bodyFor, fitFor } from "./body-of.ts";
import { foldChunks } from "./fold-events.ts";

const JAMBA = "ai21.jamba-1-5-large-v1:0";
const body = bodyFor(jamba, JAMBA);

describe("a conversation in Jamba's words", () => {
  it("is one question, and never asks for several answers or for a stream", () => {
    expect(body(asks(), true)).toEqual({ messages: [{ role: "user", content: "q" }] });
  });

  it("keeps zeros, within its bounds", () => {
    const inferenceConfig = { maxTokens: 9000, temperature: 0, topP: 0, stopSequences: ["END"] };
    const penalties = { frequency_penalty: 0.5, presence_penalty: 1 };
    const asked = asks({ inferenceConfig, ...fields({ ...penalties, seed: 1, top_k: 3 }) });
    expect(body(asked)).toEqual({
      messages: [{ role: "user", content: "q" }],
      max_tokens: 4096,
      temperature: 0,
      top_p: 0,
      stop: ["END"],
      ...penalties,
    });
    expect(fitFor(jamba, JAMBA, asked).adjustments.map(({ param }) => param)).toEqual([
      "max_completion_tokens",
      "top_k",
      "seed",
    ]);
  });

  it("tells turns and tools as OpenAI does, and is asked for a tool in words", () => {
    const told = says(user("q"), assistant(use("a", "f", { x: 1 })), user(result("a", "A"), "and?"));
    const { toolConfig } = offers("f");
    const toolChoice = { any: {} };
    expect(body({ ...told, ...system("s"), toolConfig: { ...toolConfig!, toolChoice } })).toEqual({
      messages: [
        { role: "system", content: "s" },
        { role: "user", content: "q" },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "a", type: "function", function: { name: "f", arguments: '{"x":1}' } }],
        },
        { role: "tool", tool_call_id: "a", content: "A" },
        { role: "user", content: "and?\n\nAnswer by calling a tool." },
      ],
      tools: [{ type: "function", function: { name: "f", parameters: { type: "object" } } }],
    });
  });

  it("is told of a schema, since nothing holds it to one", () => {
    const outputConfig = { textFormat: textFormat({ type: "object", properties: {} }) };
    const { conversation, restore } = fitFor(jamba, JAMBA, asks({ outputConfig }));
    expect(jamba.toBody(conversation, false)).not.toHaveProperty("response_format");
    expect(restore.jsonText).toBe(true);
  });
});

describe("Jamba's answer", () => {
  const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };

  it("is a chat completion, whole and streamed", () => {
    const whole = {
      choices: [{ message: { role: "assistant", content: "hi" }, finish_reason: "length" }],
      usage,
    };
    const chunks = [
      { choices: [{ index: 0, delta: { role: "assistant" }, finish_reason: null }] },
      { choices: [{ index: 0, delta: { content: "h" }, finish_reason: null }] },
      { choices: [{ index: 0, delta: { content: "i" }, finish_reason: "length" }], usage },
    ];
    const answer = {
      content: [{ text: "hi" }],
      stopReason: "max_tokens",
      usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
    };
    expect(jamba.toAnswer(whole)).toEqual(answer);
    expect(foldChunks(jamba, chunks)).toEqual(answer);
  });
});
