import { describe, expect, it } from "vitest";
import { CLAUDE, GPT, LLAMA, MISTRAL, NEW_CLAUDE, NOVA, PIXTRAL } from "../support/bedrock.ts";
import { type Body, callsTool, says, tool, user, visit, WEATHER } from "./visit.ts";

const at = visit();
const CLAUDE_3_7 = "us.anthropic.claude-3-7-sonnet-20250219-v1:0";
const SCHEMA: Body = {
  type: "object",
  properties: { name: { type: "string" }, year: { type: "integer" } },
  required: ["name", "year"],
  additionalProperties: false,
};
const format = (schema: Body, name = "event"): Body => ({
  response_format: { type: "json_schema", json_schema: { name, schema, strict: true } },
});
const EVENT = { name: "Oslo", year: 2026 };
const prompt = [user('The fair in "Oslo" in 2026')];

describe("response_format", () => {
  it.each([CLAUDE, CLAUDE_3_7, NEW_CLAUDE, NOVA, LLAMA, PIXTRAL, GPT, "us.deepseek.r1-v1:0", MISTRAL])(
    "json_schema is not ignored by %s (bedrock-access-gateway#162, bedrock-access-gateway#235, bedrock-access-gateway#255)",
    async (model) => {
      for (const stream of [false, true]) {
        const { content, calls, finish } = await at.ask(
          { model, messages: prompt, ...format(SCHEMA) },
          stream,
        );
        expect(JSON.parse(content)).toEqual({ name: expect.any(String) as unknown, year: 2026 });
        expect([calls, finish]).toEqual([[], "stop"]);
      }
    },
  );

  it.each([CLAUDE, NOVA, LLAMA])(
    "json_object is JSON alone, without fences, from %s (bedrock-access-gateway#162)",
    async (model) => {
      const fenced = says(`Here you are:\n\`\`\`json\n${JSON.stringify(EVENT)}\n\`\`\`\nAnything else?`);
      const body = { model, messages: prompt, response_format: { type: "json_object" } };
      for (const { content } of await at.askBoth(body, fenced)) expect(JSON.parse(content)).toEqual(EVENT);
      expect(at.sent.system!.at(-1)!.text).toContain("JSON");
    },
  );

  it.each([CLAUDE, NOVA, GPT])("text is what happens anyway on %s", async (model) => {
    await at.ask({ model, response_format: { type: "text" } });
    expect(Object.keys(at.sent)).toEqual(["messages"]);
  });

  it.each([CLAUDE, CLAUDE_3_7, NOVA, LLAMA])(
    "with a schema that contains itself crashes nothing on %s (litellm#13151, litellm#19098, litellm#20005)",
    async (model) => {
      const node = {
        type: "object",
        properties: { name: { type: "string" }, next: { $ref: "#/$defs/node" } },
        required: ["name"],
      };
      const body = { model, messages: prompt, ...format({ ...node, $defs: { node } }) };
      for (const stream of [false, true])
        expect(JSON.parse((await at.ask(body, stream)).content)).toMatchObject({ name: "Oslo" });
    },
  );

  it("with constraints that AWS cannot compile still holds the model to the rest", async () => {
    const year = { type: "integer", minimum: 1900, maximum: 2100 };
    const { content } = await at.ask({
      model: CLAUDE,
      messages: prompt,
      ...format({ ...SCHEMA, properties: { name: { type: "string" }, year } }),
    });
    expect(JSON.parse(content)).toEqual(EVENT);
  });
});

describe("response_format beside tools", () => {
  const body = (model: string) => ({ model, tools: [WEATHER], ...format(SCHEMA) });
  const json = callsTool("event", EVENT, "json_1");
  const weather = callsTool("get_weather", { city: "Oslo" }, "a1");

  it.each([CLAUDE_3_7, NOVA, PIXTRAL])(
    "the real tool can be called, and only it is told (litellm#18381): %s",
    async (model) => {
      for (const { calls, content, finish } of await at.askBoth(body(model), { content: [weather] })) {
        expect(calls).toMatchObject([{ id: "a1", name: "get_weather" }]);
        expect([content, finish]).toEqual(["", "tool_calls"]);
      }
      expect(at.sent.toolConfig!.tools.map((each) => each.toolSpec!.name)).toEqual(["get_weather", "event"]);
    },
  );

  it.each<[string, object[]]>([
    ["first", [json, weather]],
    ["last", [weather, json]],
    ["between", [callsTool("get_weather", {}, "b2"), json, weather]],
  ])(
    "the hidden one called %s leaves the others their indexes and arguments (litellm#15307, litellm#34230, litellm#18381)",
    async (_, content) => {
      const [whole, streamed] = await at.askBoth(body(NOVA), { content: content as [] });
      expect(whole.calls.at(-1)).toEqual({ id: "a1", name: "get_weather", arguments: '{"city":"Oslo"}' });
      expect(whole.calls).toHaveLength(content.length - 1);
      expect(streamed.calls).toEqual(whole.calls);
      expect([streamed.finish, whole.finish]).toEqual(["tool_calls", "tool_calls"]);
      expect(JSON.parse(streamed.content)).toEqual(EVENT);
    },
  );

  it("a tool of the caller's with the schema's own name is not taken for it", async () => {
    const asked = { ...body(NOVA), tools: [tool("event")] };
    for (const answer of await at.askBoth(asked, { content: [callsTool("event", {}, "a1")] }))
      expect(answer.calls).toMatchObject([{ id: "a1", name: "event", arguments: "{}" }]);
  });

  it("prose around the hidden call is not the answer", async () => {
    const content = [{ text: "Here it is:" }, json];
    for (const answer of await at.askBoth({ model: NOVA, ...format(SCHEMA) }, { content }))
      expect(JSON.parse(answer.content)).toEqual(EVENT);
  });
});
