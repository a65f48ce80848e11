import type { AIMessageChunk } from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import { createChunkReader } from "../../../../integrations/langchain/from-chunk.ts";
import { usageOf } from "../../../../integrations/langchain/usage.ts";
import type { ChatCompletionChunk } from "../../../../src/index.ts";

type Choice = ChatCompletionChunk["choices"][number];

const HEAD = { id: "chatcmpl-1", object: "chat.completion.chunk" as const, created: 1, model: "m" };
const CALL = { requestId: "req_1", adjustments: [] };

const chunk = (delta: Choice["delta"], rest: Partial<Choice> = {}): ChatCompletionChunk => ({
  ...HEAD,
  choices: [{ index: 0, delta, logprobs: null, finish_reason: null, ...rest }],
});
const USAGE: ChatCompletionChunk = {
  ...HEAD,
  choices: [],
  usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 },
};

const read = (version: "v0" | "v1", ...chunks: ChatCompletionChunk[]): AIMessageChunk[] =>
  chunks.flatMap(createChunkReader(CALL, version)).map(({ chunk }) => chunk.message as AIMessageChunk);

const whole = (messages: AIMessageChunk[]): AIMessageChunk =>
  messages.reduce((one, other) => one.concat(other));

describe("a chunk of an answer", () => {
  it("that only names the role is no piece", () => {
    expect(read("v0", chunk({ role: "assistant", content: "", refusal: null }))).toEqual([]);
  });

  it.each(["v0", "v1"] as const)(
    "tells metadata once, since LangChain joins what is told twice (%s)",
    (version) => {
      const end = chunk({}, { finish_reason: "stop" });
      const extras = { ...USAGE, service_tier: "priority" as const };
      const { response_metadata: told } = whole(
        read(version, chunk({ content: "a" }), chunk({ content: "b" }), end, extras),
      );
      expect(told).toEqual({
        model_provider: "bedrock-openai",
        model: "m",
        model_name: "m",
        finish_reason: "stop",
        request_id: "req_1",
        service_tier: "priority",
        ...(version === "v1" && { output_version: "v1" }),
      });
    },
  );

  it("brings usage that sums to itself", () => {
    const messages = read("v0", chunk({ content: "a" }), chunk({}, { finish_reason: "stop" }), USAGE);
    expect(usageOf(whole(messages))).toMatchObject({ input_tokens: 3, output_tokens: 4, total_tokens: 7 });
  });

  it("keeps the choices apart", () => {
    const pieces = [chunk({ content: "a" }), chunk({ content: "b" }, { index: 1 })].flatMap(
      createChunkReader(CALL, "v0"),
    );
    expect(pieces.map(({ completion, chunk }) => [completion, chunk.text])).toEqual([
      [0, "a"],
      [1, "b"],
    ]);
  });

  it("of a custom tool has its text as the one argument, though it is no JSON", () => {
    const first = {
      index: 0,
      id: "call_1",
      type: "custom" as const,
      custom: { name: "sql", input: "SELECT" },
    };
    const calls = read(
      "v0",
      chunk({ tool_calls: [first] }),
      chunk({ tool_calls: [{ index: 0, custom: { input: " 1" } }] }),
    );
    expect(whole(calls).tool_calls).toEqual([
      { type: "tool_call", id: "call_1", name: "sql", args: { input: "SELECT 1" } },
    ]);
  });

  it("of a function call of old stays one", () => {
    const calls = read(
      "v0",
      chunk({ function_call: { name: "f", arguments: '{"a"' } }),
      chunk({ function_call: { arguments: ":1}" } }),
    );
    expect(whole(calls).additional_kwargs).toEqual({ function_call: { name: "f", arguments: '{"a":1}' } });
  });
});

describe("content blocks of a stream", () => {
  const thinking = (text: string, signature: string) =>
    ({ type: "thinking", thinking: text, signature }) as const;

  it("keep each thought with its own signature, between words and calls", () => {
    const { content } = whole(
      read(
        "v1",
        chunk({ reasoning_content: "One " }),
        chunk({ reasoning_content: "two." }),
        chunk({ thinking_blocks: [thinking("One two.", "s1")] }),
        chunk({ thinking_blocks: [{ type: "redacted_thinking", data: "c2VjcmV0" }] }),
        chunk({ content: "So." }),
        chunk({ reasoning_content: "Three." }),
        chunk({ thinking_blocks: [thinking("Three.", "s2")] }),
        chunk({ thinking_blocks: [thinking("Four.", "s3")] }),
        chunk({ tool_calls: [{ index: 0, id: "a", function: { name: "f", arguments: "" } }] }),
        chunk({ tool_calls: [{ index: 1, id: "b", function: { name: "g", arguments: "{}" } }] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: "{}" } }] }),
      ),
    );
    expect(content).toMatchObject([
      { index: 0, type: "reasoning", reasoning: "One two.", signature: "s1" },
      { index: 1, type: "non_standard", value: { type: "redacted_thinking", data: "c2VjcmV0" } },
      { index: 2, type: "text", text: "So." },
      { index: 3, type: "reasoning", reasoning: "Three.", signature: "s2" },
      { index: 4, type: "reasoning", reasoning: "Four.", signature: "s3" },
      { index: 5, type: "tool_call_chunk", id: "a", name: "f", args: "{}" },
      { index: 6, type: "tool_call_chunk", id: "b", name: "g", args: "{}" },
    ]);
  });

  it("cite the text that they belong to", () => {
    const url_citation = { start_index: 0, end_index: 1, title: "t", url: "u" };
    const cited = chunk({ annotations: [{ type: "url_citation", url_citation }] });
    expect(whole(read("v1", chunk({ content: "a" }), cited, chunk({ content: "b" }))).content).toMatchObject([
      {
        type: "text",
        text: "ab",
        annotations: [{ type: "citation", title: "t", url: "u", startIndex: 0, endIndex: 1 }],
      },
    ]);
  });
});
