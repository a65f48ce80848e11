import { describe, expect, it } from "vitest";
import type { Body } from "../support.ts";
import { chat, CITY, nova, OPENAI_TOOLS } from "./bodies.ts";
import { answerOf, at, chunksOf, verdictOf } from "./call.ts";

const ASKED = "weather in Paris?";
const openAi = chat(ASKED, { tools: OPENAI_TOOLS });
const commandR = {
  message: ASKED,
  tools: [
    {
      name: "get_weather",
      description: "looks out",
      parameter_definitions: { city: { type: "str", required: true } },
    },
  ],
};
const novaTools = { tools: [{ toolSpec: { name: "get_weather", inputSchema: { json: CITY } } }] };
const paris = '{"city":"Paris"}';

describe("a tool that is asked for is called", () => {
  it.each<[model: string, body: Body, path: string, expected: unknown]>([
    [
      "amazon.nova-pro-v1:0",
      nova(ASKED, { toolConfig: novaTools }),
      "output.message.content.0.toolUse.input",
      { city: "Paris" },
    ],
    ["openai.gpt-oss-120b-1:0", openAi, "choices.0.message.tool_calls.0.function.arguments", paris],
    ["qwen.qwen3-32b-v1:0", openAi, "choices.0.message.tool_calls.0.function.arguments", paris],
    ["mistral.mistral-large-2402-v1:0", openAi, "choices.0.message.tool_calls.0.function.arguments", paris],
    ["ai21.jamba-1-5-large-v1:0", openAi, "choices.0.message.tool_calls.0.function.arguments", paris],
    ["cohere.command-r-v1:0", commandR, "tool_calls.0.parameters", { city: "Paris" }],
  ])("by %s", async (model, body, path, expected) => {
    expect(at(await answerOf(model, body), path)).toEqual(expected);
    expect(JSON.stringify(await chunksOf(model, body))).toContain("get_weather");
  });

  it("and its arguments are streamed in pieces that make JSON", async () => {
    const chunks = await chunksOf("qwen.qwen3-32b-v1:0", openAi);
    const pieces = chunks.map((chunk) => at(chunk, "choices.0.delta.tool_calls.0.function.arguments") ?? "");
    expect(pieces.filter(Boolean).length).toBeGreaterThan(1);
    expect(pieces.join("")).toBe(paris);
    expect(at(chunks.at(-2), "choices.0.finish_reason")).toBe("tool_calls");
  });

  it("and its result is told", async () => {
    const call = { id: "c1", type: "function", function: { name: "get_weather", arguments: paris } };
    const messages = [
      { role: "user", content: ASKED },
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: "c1", content: "rain" },
    ];
    const answer = await answerOf("qwen.qwen3-32b-v1:0", { messages, tools: OPENAI_TOOLS });
    expect(at(answer, "choices.0.message.content")).toMatch(/^get_weather returned: rain\n/);
    const results = [
      { call: { name: "get_weather", parameters: { city: "Paris" } }, outputs: [{ sky: "grey" }] },
    ];
    const told = await answerOf("cohere.command-r-v1:0", { ...commandR, tool_results: results });
    expect(told["text"]).toMatch(/^get_weather returned: {"sky":"grey"}\n/);
  });

  it("but not by those that have none", async () => {
    expect(await verdictOf("openai.gpt-oss-safeguard-20b", openAi)).toBe(
      "400 This model doesn't support tool use.",
    );
    expect(await verdictOf("mistral.mistral-7b-instruct-v0:2", { prompt: "x", tools: [] })).toContain(
      "extraneous key [tools]",
    );
  });

  it("a result that answers nothing is refused", async () => {
    const body = { messages: [{ role: "tool", tool_call_id: "c9", content: "?" }] };
    expect(await verdictOf("qwen.qwen3-32b-v1:0", body)).toContain("must answer a preceding tool call");
  });
});

describe("where a model's thoughts stand", () => {
  it.each([
    ["openai.gpt-oss-120b-1:0", "content", /^<reasoning>The user wrote 5[^<]*<\/reasoning>You said: hello/],
    ["moonshot.kimi-k2-thinking", "content", /^<reasoning>The user wrote 5[^<]*<\/reasoning>You said: hello/],
    ["minimax.minimax-m2.5", "reasoning_content", /^The user wrote 5/],
  ])("%s: in %s", async (model, member, thought) => {
    expect(at(await answerOf(model, chat("hello")), `choices.0.message.${member}`)).toMatch(thought);
    const chunks = await chunksOf(model, chat("hello"));
    expect(chunks.map((chunk) => at(chunk, `choices.0.delta.${member}`) ?? "").join("")).toMatch(thought);
  });

  it("others keep them to themselves until they are told an effort", async () => {
    const quiet = await answerOf("deepseek.v3.2", chat("hello"));
    expect(at(quiet, "choices.0.message")).not.toHaveProperty("reasoning_content");
    const loud = await answerOf("deepseek.v3.2", chat("hello", { reasoning_effort: "high" }));
    expect(at(loud, "choices.0.message.reasoning_content")).toContain("5 characters");
  });
});

describe("Nova's body is Converse's, and its rules are too", () => {
  it.each([
    [
      nova(" "),
      "400 The text field in the ContentBlock object at messages.0.content.0 is blank. Add text to the text field, and try again.",
    ],
    [
      nova("hi", { schemaVersion: "messages-v2" }),
      "400 Malformed input request: #/schemaVersion: messages-v2 is not a valid enum value, please reformat your input and try again.",
    ],
    [
      nova("hi", { reasoningConfig: { type: "enabled" } }),
      "400 Malformed input request: #: extraneous key [reasoningConfig] is not permitted, please reformat your input and try again.",
    ],
  ])("%o", async (body, message) => {
    expect(await verdictOf("amazon.nova-pro-v1:0", body)).toBe(message);
  });

  it("counts the cache in its own names, and no total in a stream", async () => {
    const messages = [
      { role: "user", content: [{ text: "long ago", cachePoint: { type: "default" } }, { text: "hi" }] },
    ];
    const answer = await answerOf("amazon.nova-pro-v1:0", { messages });
    expect(answer["usage"]).toMatchObject({
      inputTokens: 1,
      cacheWriteInputTokenCount: 2,
      cacheReadInputTokenCount: 0,
    });
    const usage = at((await chunksOf("amazon.nova-pro-v1:0", { messages })).at(-1), "metadata.usage");
    expect(usage).toMatchObject({ cacheWriteInputTokenCount: 2 });
    expect(usage).not.toHaveProperty("totalTokens");
  });

  it("Nova 2 reasons when it is told to", async () => {
    const answer = await answerOf(
      "us.amazon.nova-2-lite-v1:0",
      nova("hi", { reasoningConfig: { type: "enabled", maxReasoningEffort: "low" } }),
    );
    expect(at(answer, "output.message.content.0.reasoningContent.reasoningText.text")).toBe("[REDACTED]");
  });
});
