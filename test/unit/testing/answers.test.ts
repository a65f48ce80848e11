import { describe, expect, it } from "vitest";
import { ask } from "./ask.ts";
import { answers, call, point, result, tool, user } from "./conversations.ts";
import { MISTRAL_LARGE } from "./models.ts";
import { CLAUDE_4_5, emulator, says } from "./support.ts";
import type { Body } from "./support.ts";

const takes = (name: string, properties: Body, more: Body = {}) =>
  tool(name, {
    inputSchema: { json: { type: "object", properties, required: Object.keys(properties) } },
    ...more,
  });
const weather = takes("get_weather", { city: { type: "string" } });
const population = takes("get_population", { city: { type: "string" } });
const asks = (text: string, tools: Body[], toolConfig: Body = {}) => ({
  messages: [says(text)],
  toolConfig: { tools, ...toolConfig },
});

describe("tool calls by themselves", () => {
  it.each<[string, Body, unknown]>([
    [
      "a tool named outright",
      asks("please get_weather for Rome", [population, weather]),
      [["get_weather", { city: "Rome" }]],
    ],
    [
      "a tool named in words",
      asks("get weather for New York", [population, weather]),
      [["get_weather", { city: "New York" }]],
    ],
    [
      "a tool whose name shares a word",
      asks("What's the weather in Paris?", [population, weather]),
      [["get_weather", { city: "Paris" }]],
    ],
    [
      "a tool whose description shares a word",
      asks("is it going to rain in Oslo? The forecast, please", [
        takes("look", { place: { type: "string" } }, { description: "A forecast for a place" }),
      ]),
      [["look", { place: "Oslo" }]],
    ],
    [
      "two tools, two calls",
      asks("weather and population of Lima", [population, weather]),
      [
        ["get_population", { city: "Lima" }],
        ["get_weather", { city: "Lima" }],
      ],
    ],
    [
      "one tool for both places",
      asks("weather in both Paris and Rome", [weather]),
      [
        ["get_weather", { city: "Paris" }],
        ["get_weather", { city: "Rome" }],
      ],
    ],
    ["none, when nothing asks for it", asks("tell me a joke", [population, weather]), []],
    [
      "the first, when one must be called",
      asks("tell me a joke", [population, weather], { toolChoice: { any: {} } }),
      [["get_population", { city: "city" }]],
    ],
    [
      "the chosen one",
      asks("tell me a joke", [population, weather], { toolChoice: { tool: { name: "get_weather" } } }),
      [["get_weather", { city: "city" }]],
    ],
    [
      "quoted words before names",
      asks('the weather in "santa fe", Mexico', [weather]),
      [["get_weather", { city: "santa fe" }]],
    ],
  ])("%s", async (_, body, calls) => {
    expect((await ask(body)).calls).toEqual(calls);
  });

  it("end the turn with tool_use, under ids that differ by call and by request", async () => {
    const one = await ask(asks("weather and population of Lima", [population, weather]));
    const other = await ask(asks("weather in Lima", [weather]));
    expect([one.stopReason, other.stopReason]).toEqual(["tool_use", "tool_use"]);
    const ids = [...one.content, ...other.content].map(
      (block) => (block.toolUse as unknown as { toolUseId: string }).toolUseId,
    );
    expect(new Set(ids).size).toBe(3);
    expect(ids[0]).toMatch(/^tooluse_[a-zA-Z0-9]{22}$/);
  });

  it("have ids of nine characters on Mistral, which takes them back", async () => {
    const body = asks("weather and population of Lima", [population, weather]);
    const { content } = await ask(body, MISTRAL_LARGE);
    const ids = content.map((block) => (block.toolUse as unknown as { toolUseId: string }).toolUseId);
    expect(ids).toEqual([
      expect.stringMatching(/^[a-zA-Z0-9]{9}$/),
      expect.stringMatching(/^[a-zA-Z0-9]{9}$/),
    ]);
    const next = {
      ...body,
      messages: [...body.messages, answers(...content), user(...ids.map((id) => result(id)))],
    };
    expect((await ask(next, MISTRAL_LARGE)).stopReason).toBe("end_turn");
  });

  it("stay single when Claude is told so", async () => {
    const body = {
      ...asks("weather and population of Lima", [population, weather]),
      additionalModelRequestFields: { tool_choice: { type: "auto", disable_parallel_tool_use: true } },
    };
    expect((await ask(body, CLAUDE_4_5)).calls).toHaveLength(1);
  });

  it("are followed by an answer that quotes the results", async () => {
    const body = {
      messages: [
        says("weather in Paris?"),
        answers(call("1")),
        user(result("1", { text: "22 °C" }, { json: { wind: 3 } })),
      ],
      toolConfig: { tools: [tool()] },
    };
    const { text, calls } = await ask(body);
    expect(calls).toEqual([]);
    expect(text).toMatch(/^look returned: 22 °C\n\{"wind":3\}\n/);
  });
});

describe("values made from schemas", () => {
  it.each<[string, Body, Body, string]>([
    ["enums, the first by default", { unit: { enum: ["c", "f"] } }, { unit: "c" }, "look"],
    [
      "enums that the text mentions",
      { unit: { enum: ["celsius", "fahrenheit"] } },
      { unit: "fahrenheit" },
      "look in Fahrenheit",
    ],
    [
      "numbers of the text, within their bounds",
      { days: { type: "integer", maximum: 7 }, factor: { type: "number" } },
      { days: 7, factor: 2.5 },
      "look 2.5 times for 10 days",
    ],
    [
      "ones and trues",
      { count: { type: "number" }, flag: { type: "boolean" } },
      { count: 1, flag: true },
      "look",
    ],
    [
      "nested objects and lists",
      { items: { type: "array", items: { type: "object", properties: { tag: { type: "string" } } } } },
      { items: [{ tag: "tag" }] },
      "look",
    ],
    [
      "the first of anyOf that is not null",
      { a: { anyOf: [{ type: "null" }, { type: "integer" }] }, b: { type: ["null", "boolean"] } },
      { a: 1, b: true },
      "look",
    ],
    [
      "allOf, merged",
      { a: { allOf: [{ properties: { x: { const: 1 } } }, { properties: { y: { const: 2 } } }] } },
      { a: { x: 1, y: 2 } },
      "look",
    ],
    ["formats", { when: { type: "string", format: "date" } }, { when: "2026-01-01" }, "look"],
  ])("%s", async (_, properties, input, text) => {
    expect((await ask(asks(text, [takes("look", properties)]))).calls).toEqual([["look", input]]);
  });

  it("follow references, and give up on endless ones", async () => {
    const json = {
      type: "object",
      properties: { node: { $ref: "#/$defs/node" } },
      $defs: {
        node: {
          type: "object",
          properties: { id: { type: "integer" }, next: { $ref: "#/$defs/node" } },
          required: ["id", "next"],
        },
      },
    };
    const { calls } = await ask(asks("look", [tool("look", { inputSchema: { json } })]));
    expect(calls[0]?.[1]).toMatchObject({ node: { id: 1, next: { id: 1 } } });
  });

  it("fill in only what is required", async () => {
    const json = {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      required: ["b"],
    };
    expect((await ask(asks("look", [tool("look", { inputSchema: { json } })]))).calls).toEqual([
      ["look", { b: "b" }],
    ]);
  });

  it("make structured answers", async () => {
    const schema = {
      type: "object",
      properties: { city: { type: "string" }, people: { type: "integer" } },
      required: ["city", "people"],
      additionalProperties: false,
    };
    const outputConfig = {
      textFormat: { type: "json_schema", structure: { jsonSchema: { schema: JSON.stringify(schema) } } },
    };
    const { text } = await ask({ messages: [says("Lima has 10 million")], outputConfig });
    expect(JSON.parse(text)).toEqual({ city: "Lima", people: 10 });
  });
});

describe("limits", () => {
  it("maxTokens cuts at four characters a token", async () => {
    const { text, stopReason } = await ask({
      messages: [says("hello there")],
      inferenceConfig: { maxTokens: 3 },
    });
    expect([text, stopReason]).toEqual(["You said: he", "max_tokens"]);
  });

  it("never cuts a character in two", async () => {
    const { text } = await ask({ messages: [says("h🌍")], inferenceConfig: { maxTokens: 3 } });
    expect(text).toBe("You said: h");
  });

  it("a stop sequence cuts before itself, and is told where Claude tells it", async () => {
    const body = {
      messages: [says("one STOP two")],
      inferenceConfig: { stopSequences: ["two", "STOP"] },
      additionalModelResponseFieldPaths: ["/delta/stop_sequence", "/nowhere"],
    };
    const answer = await ask(body, CLAUDE_4_5);
    expect([answer.text, answer.stopReason]).toEqual(["You said: one ", "stop_sequence"]);
    expect(answer.additionalModelResponseFields).toEqual({ delta: { stop_sequence: "STOP" } });
  });

  it("a prefilled answer goes on where it stood", async () => {
    const { text } = await ask({ messages: [says("json"), answers({ text: '{ "a": {' })] });
    expect(JSON.parse(`{${text}`)).toEqual({ you_said: "json" });
    expect((await ask({ messages: [says("hi"), answers({ text: "Well" })] })).text).toMatch(
      /^ … and so it goes on/,
    );
  });
});

describe("usage", () => {
  it("adds up, and estimates four characters a token", async () => {
    const { usage } = await ask({ messages: [says("x".repeat(40))], system: [{ text: "y".repeat(20) }] });
    expect(usage).toMatchObject({ inputTokens: 15 });
    expect(usage["totalTokens"]).toBe((usage["inputTokens"] ?? 0) + (usage["outputTokens"] ?? 0));
  });

  it("writes a prefix to the cache once, then reads it, model by model, until reset", async () => {
    const bedrock = await emulator();
    const body = { messages: [user({ text: "x".repeat(40) }, point(), { text: "y".repeat(8) })] };
    const cache = async (model?: string) => {
      const { usage } = await ask(body, model ?? CLAUDE_4_5, bedrock);
      return [usage["inputTokens"], usage["cacheReadInputTokens"], usage["cacheWriteInputTokens"]];
    };
    expect(await cache()).toEqual([2, 0, 10]);
    expect(await cache()).toEqual([2, 10, 0]);
    expect(await cache("us.anthropic.claude-opus-5")).toEqual([2, 0, 10]);
    bedrock.reset();
    expect(await cache()).toEqual([2, 0, 10]);
  });

  it("reads as far as it knows, and writes the rest", async () => {
    const bedrock = await emulator();
    const first = [{ text: "x".repeat(40) }, point()];
    await ask({ messages: [user(...first)] }, CLAUDE_4_5, bedrock);
    const { usage } = await ask(
      { messages: [user(...first, { text: "y".repeat(20) }, point())] },
      CLAUDE_4_5,
      bedrock,
    );
    expect(usage).toMatchObject({ inputTokens: 0, cacheReadInputTokens: 10, cacheWriteInputTokens: 5 });
  });
});
