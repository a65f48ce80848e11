import { describe, expect, it } from "vitest";
import { CLAUDE, GPT, LLAMA, NEW_CLAUDE, NOVA, PIXTRAL } from "../support/bedrock.ts";
import {
  type Body,
  assistant,
  calls,
  callsTool,
  result,
  says,
  tool,
  toolCall,
  user,
  visit,
  WEATHER,
} from "./visit.ts";

const at = visit();
const FAMILIES = [CLAUDE, NOVA, LLAMA, GPT, PIXTRAL];
const spec = (name: string) =>
  at.sent.toolConfig!.tools.find((each) => each.toolSpec?.name === name)?.toolSpec;

describe("tool names", () => {
  it.each(["x".repeat(80), "files.read", "mcp:server/tool", "größe"])(
    "%s goes out in Bedrock's alphabet and comes back as it was (aws-sdk-python#99, awslabs/mcp#3181, openclaw#12892, agentgateway#2384)",
    async (name) => {
      const body = {
        model: CLAUDE,
        tools: [tool(name)],
        tool_choice: { type: "function", function: { name } },
      };
      for (const stream of [false, true]) {
        const answer = await at.ask(body, stream);
        const [offered] = at.sent.toolConfig!.tools;
        expect(offered!.toolSpec!.name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
        expect(at.sent.toolConfig!.toolChoice).toEqual({ tool: { name: offered!.toolSpec!.name } });
        expect(answer.calls.map((call) => call.name)).toEqual([name]);
      }
    },
  );

  it("that cannot be told apart once shortened stay apart", async () => {
    const names = ["a", "b"].map((end) => `${"x".repeat(80)}${end}`);
    const messages = [user("Hi"), assistant(null, { tool_calls: [toolCall("c1", names[1])] }), result("c1")];
    await at.ask({ model: CLAUDE, messages, tools: names.map((name) => tool(name)) });
    const sent = at.sent.toolConfig!.tools.map((each) => each.toolSpec!.name);
    expect(new Set(sent).size).toBe(2);
    expect(at.sent.messages[1]!.content[0]!.toolUse!.name).toBe(sent[1]);
  });

  it.each<[string, Body]>([
    ["an empty name", { type: "function", function: { name: "" } }],
    ["no name", { type: "function", function: {} }],
  ])("%s is refused by its place before AWS is asked (litellm#19384)", async (_, broken) => {
    const { status, error } = await at.refused({ model: CLAUDE, tools: [WEATHER, broken] });
    expect([status, error.param]).toEqual([400, "tools[1].function.name"]);
    expect(at.received).toHaveLength(0);
  });
});

describe("what is in a tool's definition", () => {
  it.each(["", "  ", null, undefined])(
    "a description of %j is left out (litellm#24668, vercel/ai@2a2e17d)",
    async (description) => {
      const described = { type: "function", function: { name: "now", description } };
      await at.ask({ model: CLAUDE, tools: [described] });
      expect(spec("now")).toEqual({ name: "now", inputSchema: { json: { type: "object", properties: {} } } });
    },
  );

  it.each(FAMILIES)(
    "strict and keys of other makers are not in the way (litellm#22847, litellm#31582) on %s",
    async (model) => {
      const { function: shape } = WEATHER as { function: Body };
      const extended = {
        ...WEATHER,
        defer_loading: true,
        function: { ...shape, strict: true, examples: [{}] },
      };
      const { finish } = await at.ask({ model, tools: [extended] });
      expect(spec("get_weather")).toMatchObject({ name: "get_weather" });
      expect(JSON.stringify(at.sent.toolConfig)).not.toMatch(/defer_loading|examples/);
      expect(finish).toMatch(/stop|tool_calls/);
    },
  );

  it.each(FAMILIES)(
    "a schema with what Nova refuses at its root is taken (litellm#7521, litellm#7186) on %s",
    async (model) => {
      const schema = {
        $schema: "http://json-schema.org/draft-07/schema#",
        title: "Input",
        type: "object",
        properties: { city: { $ref: "#/$defs/city" } },
        required: ["city"],
        additionalProperties: false,
        $defs: { city: { type: "string", description: "A town" } },
      };
      await at.ask({ model, tools: [tool("get_weather", schema)] });
      const json = spec("get_weather")!.inputSchema.json;
      expect(JSON.stringify(json)).toContain("A town");
      if (model === NOVA) expect(Object.keys(json).toSorted()).toEqual(["properties", "required", "type"]);
    },
  );

  it.each(FAMILIES)(
    "a schema that contains itself crashes nothing (litellm#13151, litellm#19098, litellm#20005) on %s",
    async (model) => {
      const node = { type: "object", properties: { next: { $ref: "#/$defs/node" } } };
      const schema = { type: "object", properties: { head: { $ref: "#/$defs/node" } }, $defs: { node } };
      for (const strict of [false, true]) {
        const { function: shape } = tool("walk", schema) as { function: Body };
        const { content } = await at.ask({
          model,
          tools: [{ type: "function", function: { ...shape, strict } }],
        });
        expect(content).not.toBe("");
        expect(spec("walk")!.inputSchema.json["type"]).toBe("object");
      }
    },
  );

  it("tools of a kind that Bedrock has not are named, not silently gone (ai-gateway#2467)", async () => {
    const tools = [WEATHER, { type: "web_search_20250305", name: "web_search" }];
    const { adjustments } = await at.ask({ model: CLAUDE, tools });
    expect(at.sent.toolConfig!.tools).toHaveLength(1);
    expect(adjustments).toContainEqual(expect.objectContaining({ param: "tools[1]", action: "dropped" }));
    const strict = await at.refused({ model: CLAUDE, tools }, { unsupported: "reject" });
    expect([strict.status, strict.error.param]).toEqual([400, "tools[1]"]);
  });
});

describe("tool_choice", () => {
  const named = { type: "function", function: { name: "get_weather" } };

  it.each<[string, unknown, unknown]>([
    ["auto", "auto", { auto: {} }],
    ["required", "required", { any: {} }],
    ["a function", named, { tool: { name: "get_weather" } }],
  ])("%s is written as Converse spells it (agentgateway)", async (_, choice, sent) => {
    await at.ask({ model: CLAUDE, tools: [WEATHER], tool_choice: choice });
    expect(at.sent.toolConfig!.toolChoice).toEqual(sent);
  });

  it.each<[string, string, unknown]>([
    ["Nova", NOVA, { any: {} }],
    ["a Mistral that knows only any", PIXTRAL, { any: {} }],
    ["a Llama that knows none", LLAMA, undefined],
    ["a Claude that only chooses by itself", NEW_CLAUDE, { auto: {} }],
  ])(
    "that forces is the strongest that %s takes (bedrock-access-gateway#92, litellm#8434)",
    async (_, model, sent) => {
      const { calls: made } = await at.ask({
        model,
        messages: [user('Get weather for "Oslo"')],
        tools: [WEATHER],
        tool_choice: "required",
      });
      expect(at.sent.toolConfig!.toolChoice).toEqual(sent);
      expect(made).toMatchObject([{ name: "get_weather", arguments: '{"city":"Oslo"}' }]);
    },
  );

  it("that AWS refuses for a model is learned from the refusal (bedrock-access-gateway#92)", async () => {
    const message =
      "This model doesn't support the toolConfig.toolChoice.any field. Remove toolConfig.toolChoice.any and try again.";
    at.replies({ error: { name: "ValidationException", message } }, says("ok"));
    const asked = { model: NOVA, tools: [WEATHER], tool_choice: "required" };
    expect((await at.ask(asked)).content).toBe("ok");
    expect(at.sent.toolConfig!.toolChoice).toEqual({ auto: {} });
    expect(at.received).toHaveLength(2);
    await at.ask(asked);
    expect(at.received).toHaveLength(3);
  });

  it("none offers nothing, so nothing can be called", async () => {
    const answer = await at.ask({
      model: CLAUDE,
      messages: [user("Get weather!")],
      tools: [WEATHER],
      tool_choice: "none",
    });
    expect(at.sent.toolConfig).toBeUndefined();
    expect(answer.calls).toEqual([]);
  });
});

describe("parallel_tool_calls", () => {
  const both = [user("Get weather for both Paris and Rome")];

  it.each<[string, unknown, unknown]>([
    ["without a choice", undefined, { type: "auto" }],
    ["with one", "required", { type: "any" }],
  ])("false has a type of choice %s (litellm#21659, litellm#22265)", async (_, tool_choice, sent) => {
    const { calls: made } = await at.ask({
      model: CLAUDE,
      messages: both,
      tools: [WEATHER],
      parallel_tool_calls: false,
      tool_choice,
    });
    expect(at.sent.additionalModelRequestFields).toEqual({
      tool_choice: { ...(sent as object), disable_parallel_tool_use: true },
    });
    expect(at.sent.toolConfig!.toolChoice).toBeUndefined();
    expect(made).toHaveLength(1);
  });

  it.each([CLAUDE, NOVA, GPT])(
    "without tools is nothing (litellm#34347, litellm#34420) on %s",
    async (model) => {
      for (const parallel_tool_calls of [false, true]) {
        await at.ask({ model, parallel_tool_calls });
        expect(at.sent.additionalModelRequestFields).toBeUndefined();
      }
    },
  );

  it("true is what happens anyway", async () => {
    const answer = await at.ask({
      model: CLAUDE,
      messages: both,
      tools: [WEATHER],
      parallel_tool_calls: true,
    });
    expect(at.sent.additionalModelRequestFields).toBeUndefined();
    expect(answer.calls).toHaveLength(2);
  });
});

describe("earlier tool calls in a request without tools", () => {
  const history = [user("Hi"), calls("call_1"), result("call_1", "3 degrees"), user("Thanks")];

  it.each([
    ["no tools", {}],
    ["an empty list", { tools: [] }],
    ["tool_choice none", { tools: [WEATHER], tool_choice: "none" }],
  ])(
    "(%s) are told as text: no dummy that could be called (litellm#13053, litellm#17990, litellm#24158, litellm#27138, litellm#31400, vercel/ai@b652872, vercel/ai@0893170, agentgateway#2747)",
    async (_, offer) => {
      for (const model of FAMILIES) {
        const answer = await at.ask({ model, messages: history, ...offer });
        expect(at.sent.toolConfig).toBeUndefined();
        expect(JSON.stringify(at.sent.messages)).not.toMatch(/toolUse|toolResult/);
        expect(JSON.stringify(at.sent.messages)).toMatch(/get_weather.*3 degrees/);
        expect(answer.calls).toEqual([]);
      }
    },
  );

  it("an empty list of tools is not sent as one (bifrost)", async () => {
    await at.ask({ model: NOVA, tools: [] });
    expect(at.sent).not.toHaveProperty("toolConfig");
  });
});

describe("tools in a stream", () => {
  it.each(FAMILIES)("are called (litellm#2615) on %s", async (model) => {
    const body = { model, messages: [user('Get weather for "Oslo"')], tools: [WEATHER] };
    const answer = await at.ask(body, true);
    expect(answer.calls).toMatchObject([{ name: "get_weather", arguments: '{"city":"Oslo"}' }]);
    expect([answer.finish, answer.content]).toEqual(["tool_calls", ""]);
  });

  it("for a model that cannot stream them come in one piece, and say so (n8n#14206)", async () => {
    const body = { model: LLAMA, messages: [user('Get weather for "Oslo"')], tools: [WEATHER] };
    const { calls: made, adjustments } = await at.ask(body, true);
    expect(at.received.at(-1)!.operation).toBe("Converse");
    expect(made).toHaveLength(1);
    expect(adjustments).toContainEqual(expect.objectContaining({ param: "stream", action: "emulated" }));
    await at.ask({ model: LLAMA }, true);
    expect(at.received.at(-1)!.operation).toBe("ConverseStream");
  });

  it("a call of the model's that the limit cut is told, with its limit (bedrock-access-gateway#197, bedrock-access-gateway#198)", async () => {
    const cut = { content: [callsTool("get_weather", { city: "Os" })], stopReason: "max_tokens" };
    for (const answer of await at.askBoth({ model: CLAUDE, tools: [WEATHER] }, cut)) {
      expect(answer.calls).toMatchObject([{ name: "get_weather", arguments: '{"city":"Os"}' }]);
      expect(answer.finish).toBe("length");
    }
  });
});
