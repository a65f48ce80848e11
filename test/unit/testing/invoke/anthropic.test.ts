import { describe, expect, it } from "vitest";
import { signReasoning } from "../../../../src/testing/answers/reasoning-signature.ts";
import { CLAUDE_4_5, CLAUDE_OPUS_4_8, emulator, RED_PNG } from "../support.ts";
import type { Body } from "../support.ts";
import { anthropic, CITY } from "./bodies.ts";
import { answerOf, at, chunksOf, invoke, refusal, verdictOf } from "./call.ts";

const tools = [{ name: "get_weather", input_schema: CITY }];
const user = (...content: object[]) => ({ role: "user", content });
const assistant = (...content: object[]) => ({ role: "assistant", content });
const text = (said: string, more: object = {}) => ({ type: "text", text: said, ...more });
const call = { type: "tool_use", id: "toolu_1", name: "get_weather", input: { city: "Paris" } };
const result = { type: "tool_result", tool_use_id: "toolu_1", content: "rain" };
const asks = (...messages: object[]): Body => anthropic("", { messages });

describe("what Claude refuses of a native body", () => {
  it.each<[what: string, body: Body, message: string, model?: string]>([
    ["model", anthropic("hi", { model: "x" }), refusal("#: extraneous key [model] is not permitted")],
    ["stream", anthropic("hi", { stream: true }), refusal("#: extraneous key [stream] is not permitted")],
    ["two at once", anthropic("hi", { a: 1, b: 2 }), refusal("2 schema violations found")],
    [
      "another version",
      anthropic("hi", { anthropic_version: "2026-10-21" }),
      refusal("#/anthropic_version: 2026-10-21 is not a valid enum value"),
    ],
    [
      "a high temperature",
      anthropic("hi", { temperature: 1.5 }),
      refusal("#/temperature: 1.5 is not less or equal to 1"),
    ],
    [
      "a flag of Anthropic's own service",
      anthropic("hi", { anthropic_beta: ["interleaved-thinking-2025-05-14", "claude-code-20250219"] }),
      "400 invalid beta flag",
    ],
    [
      "a member inside a block",
      asks(user(text("hi", { foo: 1 }))),
      "400 messages.0.content.0.text.foo: Extra inputs are not permitted",
    ],
    ["a missing member", asks(user({ type: "text" })), "400 messages.0.content.0.text.text: Field required"],
    [
      "an image behind a URL",
      asks(user({ type: "image", source: { type: "url", url: "https://x" } })),
      "400 messages.0.content.0.image.source: Input tag 'url' found using 'type' does not match any of the expected tags: 'base64'",
    ],
    [
      "a start by the assistant",
      asks(assistant(text("hi"))),
      '400 messages: first message must use the "user" role',
    ],
    [
      "blank text",
      asks(user(text(" "))),
      "400 messages: text content blocks must contain non-whitespace text",
    ],
    [
      "a result nobody asked for",
      asks(user(text("hi")), assistant(text("yes")), user(result)),
      "400 messages.2.content.0: unexpected `tool_use_id` found in `tool_result` blocks: toolu_1. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.",
    ],
    [
      "a call nobody answered",
      asks(user(text("hi")), assistant(call), user(text("and?"))),
      "400 messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_1. Each `tool_use` block must have a corresponding `tool_result` block in the next message.",
    ],
    [
      "a choice without tools",
      anthropic("hi", { tool_choice: { type: "any" } }),
      "400 tool_choice: tool_choice may only be specified while providing tools.",
    ],
    [
      "a small budget",
      anthropic("hi", { thinking: { type: "enabled", budget_tokens: 1000 } }),
      "400 thinking.enabled.budget_tokens: Input should be greater than or equal to 1024",
    ],
    [
      "a budget above max_tokens",
      anthropic("hi", { thinking: { type: "enabled", budget_tokens: 2000 } }),
      "400 `max_tokens` must be greater than `thinking.budget_tokens`.",
    ],
    [
      "a forced tool while it thinks",
      anthropic("hi", {
        thinking: { type: "enabled", budget_tokens: 1024 },
        tools,
        tool_choice: { type: "any" },
      }),
      "400 Thinking may not be enabled when tool_choice forces tool use.",
    ],
    [
      "more tokens than the model writes",
      anthropic("hi", { max_tokens: 64_001 }),
      "400 max_tokens: 64001 > 64000, which is the maximum allowed number of output tokens for anthropic.claude-sonnet-4-5-20250929-v1:0",
    ],
    [
      "temperature on Opus 4.8",
      anthropic("hi", { temperature: 0.5 }),
      "400 `temperature` is deprecated for this model.",
      CLAUDE_OPUS_4_8,
    ],
    [
      "a forged thought",
      asks(
        user(text("hi")),
        assistant(
          { type: "thinking", thinking: "changed", signature: signReasoning("what it was") },
          text("a"),
        ),
        user(text("b")),
      ),
      "400 messages.1.content.0: Invalid `signature` in `thinking` block",
    ],
  ])("%s", async (_, body, message, model = CLAUDE_4_5) => {
    expect(await verdictOf(model, body)).toBe(message);
  });
});

describe("what Claude answers", () => {
  it("turns of the same speaker are one", async () => {
    const answer = await answerOf(CLAUDE_4_5, asks(user(text("one")), user(text("two"))));
    expect(at(answer, "content.0.text")).toMatch(/^You said: one\ntwo\n/);
  });

  it("a call, its result, and no call where the choice is none", async () => {
    const asked = await answerOf(CLAUDE_4_5, anthropic("weather in Paris?", { tools }));
    expect(asked).toMatchObject({
      stop_reason: "tool_use",
      content: [
        {
          type: "tool_use",
          id: expect.stringMatching(/^toolu_bdrk_/) as string,
          name: "get_weather",
          input: { city: "Paris" },
        },
      ],
    });
    const told = await answerOf(CLAUDE_4_5, {
      ...asks(user(text("weather?")), assistant(call), user(result)),
      tools,
    });
    expect(at(told, "content.0.text")).toMatch(/^get_weather returned: rain\n/);
    const none = await answerOf(
      CLAUDE_4_5,
      anthropic("weather in Paris?", { tools, tool_choice: { type: "none" } }),
    );
    expect(at(none, "content.0.type")).toBe("text");
  });

  it("what it saw and read", async () => {
    const source = (media_type: string, data: string) => ({ type: "base64", media_type, data });
    const document = {
      type: "document",
      source: { type: "text", media_type: "text/plain", data: "Once upon a time" },
      title: "A tale",
      citations: { enabled: true },
    };
    const answer = await answerOf(
      CLAUDE_4_5,
      asks(user({ type: "image", source: source("image/png", RED_PNG) }, document, text("what?"))),
    );
    expect(at(answer, "content.0.text")).toMatch(/^I see a PNG image, 2×3[^]*I read the document "A tale"/);
    expect(at(answer, "content.0.citations.0")).toMatchObject({
      type: "char_location",
      cited_text: "Once upon a time",
      document_title: "A tale",
    });
  });

  it("the stop sequence that it met, and the length that it reached", async () => {
    const stopped = await answerOf(CLAUDE_4_5, anthropic("a END b", { stop_sequences: ["END"] }));
    expect(stopped).toMatchObject({ stop_reason: "stop_sequence", stop_sequence: "END" });
    expect(await answerOf(CLAUDE_4_5, anthropic("hello", { max_tokens: 2 }))).toMatchObject({
      stop_reason: "max_tokens",
      stop_sequence: null,
      usage: { output_tokens: 2 },
    });
  });

  it("a thought that may be replayed as it is", async () => {
    const thinking = { type: "enabled", budget_tokens: 1024 };
    const first = await answerOf(CLAUDE_4_5, anthropic("hello", { thinking }));
    expect(at(first, "content.0.type")).toBe("thinking");
    const messages = [
      user(text("hello")),
      { role: "assistant", content: first["content"] },
      user(text("and?")),
    ];
    expect(await verdictOf(CLAUDE_4_5, anthropic("", { messages, thinking }))).toBe("accepted");
  });

  it("JSON where a format is given", async () => {
    const schema = { ...CITY, additionalProperties: false };
    const format = { type: "json_schema", schema };
    const answer = await answerOf(CLAUDE_4_5, anthropic("about Paris", { output_config: { format } }));
    expect(at(answer, "content.0.text")).toBe('{"city":"Paris"}');
  });

  it("what the cache wrote and read, in the body and in the headers", async () => {
    const bedrock = await emulator();
    const body = asks(user(text("long ago", { cache_control: { type: "ephemeral" } }), text("now")));
    const first = await invoke(CLAUDE_4_5, body, { bedrock });
    expect((first.json() as Body)["usage"]).toMatchObject({
      cache_creation_input_tokens: 2,
      cache_read_input_tokens: 0,
    });
    const second = await invoke(CLAUDE_4_5, body, { bedrock });
    expect((second.json() as Body)["usage"]).toMatchObject({
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 2,
    });
    expect(second.headers.get("x-amzn-bedrock-cache-read-input-token-count")).toBe("2");
  });
});

describe("the stream of Claude", () => {
  it("opens and closes a thought and a call, with their deltas between", async () => {
    const thinking = { type: "enabled", budget_tokens: 1024 };
    const chunks = await chunksOf(CLAUDE_4_5, anthropic("weather in Paris?", { thinking, tools }));
    const deltas = chunks.flatMap(({ delta }) => (delta ? [delta as Record<string, string>] : []));
    const kinds = [...new Set(deltas.map(({ type }) => type))];
    expect(kinds).toEqual(["thinking_delta", "signature_delta", "input_json_delta", undefined]);
    const json = deltas.map(({ partial_json: piece = "" }) => piece).join("");
    expect(JSON.parse(json)).toEqual({ city: "Paris" });
    expect(
      chunks.filter(({ type }) => type === "content_block_start").map((chunk) => chunk["content_block"]),
    ).toEqual([
      { type: "thinking", thinking: "", signature: "" },
      { type: "tool_use", id: expect.any(String) as string, name: "get_weather", input: {} },
    ]);
    expect(at(chunks.at(-2), "delta.stop_reason")).toBe("tool_use");
  });
});
