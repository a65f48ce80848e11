import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../../src/conversation/types.ts";
import { takes } from "../../../../../src/wires/chat/native/takes.ts";
import { targetOf } from "../../../bedrock/models/way-of.ts";

const GPT = "us.openai.gpt-6-sol";
const PNG = "data:image/png;base64,iVBORw0KGgo=";
const HELLO = { messages: [{ role: "user", content: "Hello" }] };
const taken = (body: JsonObject, model = GPT, refused: string[] = []): boolean =>
  takes({ model, ...HELLO, ...body }, targetOf(model), new Set(refused));
const said = (message: JsonObject, model = GPT): boolean => taken({ messages: [message] }, model);
const part = (content: JsonObject): boolean => said({ role: "user", content: [content] });
const offered = (tool: JsonObject): boolean => taken({ tools: [tool] });
const weather = { type: "function", function: { name: "f", parameters: { type: "object" } } };

describe("goes as it came", () => {
  it.each<[JsonObject, string?]>([
    [{ seed: 1, logprobs: true, top_logprobs: 2, frequency_penalty: 1 }],
    [{ top_k: null, thinking: null, metadata: null, guardrailConfig: null }],
    [{ n: 1, stop: [], modalities: ["text"], service_tier: "fast" }],
    [{ tools: [weather], tool_choice: { type: "function", function: { name: "f" } } }],
    [{ response_format: { type: "json_schema", json_schema: { name: "a", schema: {} } } }],
    [{ response_format: { type: "json_schema", json_schema: { name: "a" } } }, "xai.grok-4.3"],
    [{ stop: "END" }, "mantle/qwen.qwen3-32b"],
    [{ metadata: { a: "b" } }, "openai.gpt-5.5"],
    [{ tools: [weather] }, "openai.gpt-5.6-sol"],
    [{ tools: [weather], reasoning_effort: "none" }, "us.openai.gpt-5.6-sol"],
  ])("%j", (body, model) => expect(taken(body, model)).toBe(true));

  it("with images that came along, and answers of ours in its history", () => {
    expect(part({ type: "image_url", image_url: { url: PNG, detail: "low" } })).toBe(true);
    const answer = {
      role: "assistant",
      content: "x",
      reasoning: "y",
      reasoning_content: "y",
      annotations: [],
      parsed: {},
    };
    expect(said(answer)).toBe(true);
  });
});

describe("is translated", () => {
  it.each<[JsonObject, string?]>([
    [{ n: 2 }],
    [{ stop: "END" }],
    [{ stop: "END" }, "openai.gpt-5.5"],
    [{ stop: ["END", " "] }, "mantle/qwen.qwen3-32b"],
    [{ service_tier: "scale" }],
    [{ metadata: { a: "b" } }],
    [{ modalities: ["text", "audio"] }],
    [{ response_format: { type: "json_object" } }, "openai.gpt-5.5"],
    [{ response_format: { type: "json_schema", json_schema: { name: "a" } } }, "openai.gpt-oss-120b-1:0"],
    [{ response_format: { type: "json_schema", json_schema: { name: "a" } } }, "us.xai.grok-4.7"],
    [{ tool_choice: { type: "allowed_tools" } }],
    [{ tools: [weather] }, "us.openai.gpt-5.6-sol"],
    [{ prompt_cache_options: { mode: "explicit" } }, "us.openai.gpt-5.6-sol"],
    [{}, "anthropic.claude-mythos-5"],
    [{}, `converse/${GPT}`],
    [{ constructor: 1 }],
  ])("%j", (body, model) => expect(taken(body, model)).toBe(false));

  it("where it was refused before", () => {
    expect(taken({ seed: 1 }, GPT, ["seed"])).toBe(false);
    expect(taken({}, GPT, ["seed"])).toBe(true);
    expect(taken({}, GPT, ["*"])).toBe(false);
  });

  it.each<JsonObject>([
    { type: "function", function: { name: "a.b" } },
    { type: "function", function: { name: "f".repeat(65) } },
    { ...weather, cache_control: { type: "ephemeral" } },
    { type: "function", function: { name: "f", parameters: { anyOf: [] } } },
    { type: "function", function: { name: "f", parameters: { type: "string" } } },
    { type: "function", function: { name: "f", parameters: { $ref: "#/x" } } },
    { type: "custom", custom: { name: "f" } },
    { name: "f", input_schema: {} },
  ])("with the tool %j", (tool) => expect(offered(tool)).toBe(false));

  it.each<JsonObject>([
    { type: "image_url", image_url: { url: "https://example.com/a.png" } },
    { type: "image_url", image_url: PNG },
    { type: "image_url", image_url: { url: PNG, format: "png" } },
    { type: "text", text: "x", cache_control: { type: "ephemeral" } },
    { type: "file", file: { file_data: "AAAA" } },
    { type: "guarded_text", text: "x" },
    { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } },
  ])("with the part %j", (content) => expect(part(content)).toBe(false));

  it.each<JsonObject>([
    { role: "tool", tool_call_id: "a", content: "x", is_error: true },
    { role: "function", name: "f", content: "x" },
    { role: "user", content: [] },
    { role: "assistant", content: "" },
    { role: "assistant", content: null, function_call: { name: "f", arguments: "{}" } },
    { role: "assistant", content: "x", reasoning_details: [{}] },
    { role: "assistant", content: "x", thinking_blocks: [{ type: "thinking" }] },
    { role: "assistant", tool_calls: [{ id: "a", type: "custom", custom: { name: "f", input: "" } }] },
    { role: "assistant", tool_calls: [{ id: "a", function: { name: "f", arguments: "{broken" } }] },
    { role: "assistant", tool_calls: [{ id: "a", function: { name: "a.b", arguments: "{}" } }] },
  ])("with the message %j", (message) => expect(said(message)).toBe(false));

  it("with an image that the model cannot see", () => {
    const content = [{ type: "image_url", image_url: { url: PNG } }];
    expect(said({ role: "user", content }, "openai.gpt-oss-120b-1:0")).toBe(false);
  });
});
