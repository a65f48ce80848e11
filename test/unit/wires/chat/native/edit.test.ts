import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../../src/conversation/types.ts";
import { edit } from "../../../../../src/wires/chat/native/edit.ts";
import { targetOf } from "../../../bedrock/models/way-of.ts";

const HELLO = { messages: [{ role: "user", content: "Hello" }] };
const edited = (model: string, body: JsonObject) => edit({ model, ...HELLO, ...body }, targetOf(model)).body;
const turn = (message: JsonObject, model = "us.openai.gpt-6-sol"): unknown =>
  (edited(model, { messages: [message] })["messages"] as unknown[])[0];
const call = (json: unknown, more: JsonObject = {}) => ({
  id: "call_1",
  type: "function",
  function: { name: "f", arguments: json, ...more },
});

describe("the limit", () => {
  it.each([
    ["us.openai.gpt-6-sol", "max_completion_tokens"],
    ["openai.gpt-5.5", "max_completion_tokens"],
    ["openai.gpt-oss-120b-1:0", "max_tokens"],
    ["us.moonshotai.kimi-k3", "max_tokens"],
  ])("of %s is called %s, by whatever name it came", (model, name) => {
    for (const given of ["max_tokens", "max_completion_tokens"])
      expect(edited(model, { [given]: 5 })).toEqual({ model, ...HELLO, [name]: 5 });
    expect(edited(model, { max_tokens: 9, max_completion_tokens: 5 })).toEqual({
      model,
      ...HELLO,
      [name]: 5,
    });
  });
});

describe("a message", () => {
  it("of the assistant's comes back without what we or a client added to it", () => {
    const message = {
      role: "assistant",
      content: null,
      refusal: null,
      audio: null,
      annotations: [],
      reasoning: "Hm",
      reasoning_content: "Hm",
      thinking_blocks: [],
      parsed: null,
      tool_calls: [{ ...call("{}", { parsed_arguments: {} }), index: 0 }],
    };
    expect(turn(message)).toEqual({ role: "assistant", content: null, tool_calls: [call("{}")] });
  });

  it.each([
    ["", "{}"],
    [" ", "{}"],
    [null, "{}"],
    ['{"a":1}', '{"a":1}'],
  ])("with a call of arguments %j has %j", (given, expected) => {
    expect(turn({ role: "assistant", content: "x", tool_calls: [call(given)] })).toMatchObject({
      tool_calls: [call(expected)],
    });
  });

  it("of no calls has no list of them", () => {
    expect(turn({ role: "assistant", content: "x", tool_calls: [] })).toEqual({
      role: "assistant",
      content: "x",
    });
  });

  it("of a developer's is a system prompt to models that know no developers", () => {
    const message = { role: "developer", content: "Be brief." };
    expect(turn(message)).toEqual(message);
    expect(turn(message, "openai.gpt-oss-120b-1:0")).toEqual(message);
    for (const model of ["us.moonshotai.kimi-k3", "google.gemma-4-31b"])
      expect(turn(message, model)).toEqual({ ...message, role: "system" });
  });

  it("of a tool's says something, if only nothing", () => {
    expect(turn({ role: "tool", tool_call_id: "call_1", content: null, name: null })).toEqual({
      role: "tool",
      tool_call_id: "call_1",
      content: "",
    });
  });
});

describe("tools", () => {
  it("are without nulls, and with the properties that OpenAI demands", () => {
    const offered = { name: "f", description: null, strict: null, parameters: {} };
    expect(edited("us.openai.gpt-6-sol", { tools: [{ type: "function", function: offered }] })).toMatchObject(
      {
        tools: [
          { type: "function", function: { name: "f", parameters: { type: "object", properties: {} } } },
        ],
      },
    );
  });

  it("that are none take what belongs to them along", () => {
    expect(
      edited("us.openai.gpt-6-sol", { tools: [], tool_choice: "none", parallel_tool_calls: false }),
    ).toEqual({
      model: "us.openai.gpt-6-sol",
      ...HELLO,
    });
  });
});

describe("an effort that the model has by another name", () => {
  it.each([
    ["us.openai.gpt-6-sol", "minimal", "low"],
    ["us.openai.gpt-6-sol", "max", "max"],
    ["us.xai.grok-4.7", "none", "low"],
    ["us.moonshotai.kimi-k3", "minimal", "low"],
    ["us.moonshotai.kimi-k3", "none", "none"],
    ["us.zai.glm-5.3", "xhigh", "high"],
    ["openai.gpt-5.6-sol", "none", "none"],
  ])("of %s: %s is %s", (model, asked, expected) =>
    expect(edited(model, { reasoning_effort: asked })["reasoning_effort"]).toBe(expected),
  );
});

describe("what is stored", () => {
  it("is not asked for, but its refusal is passed on", () => {
    expect(edited("us.openai.gpt-6-sol", { store: true })).not.toHaveProperty("store");
    expect(edited("us.openai.gpt-6-sol", { store: false })).toMatchObject({ store: false });
  });
});

describe("stream_options", () => {
  it.each([
    [
      { stream: true, stream_options: { include_usage: true, include_obfuscation: false } },
      { include_usage: true },
    ],
    // The operator counts, whoever asked.
    [{ stream: true, stream_options: { include_usage: false } }, { include_usage: true }],
    [{ stream: true }, { include_usage: true }],
    [{}, undefined],
    [{ stream: false, stream_options: { include_usage: true } }, undefined],
  ])("%j", (body, expected) =>
    expect(edited("us.openai.gpt-6-sol", body)["stream_options"]).toEqual(expected),
  );
});
