import {
  AIMessage,
  type AIMessageChunk,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
} from "@langchain/core/messages";
import { type StructuredToolInterface, tool } from "@langchain/core/tools";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import * as z3 from "zod/v3";
import { CLAUDE, type House, LLAMA, NEW_CLAUDE, NOVA, openHouse } from "../../support/bedrock.ts";
import { lastResults, lastTurn, REFUSED_NAME, sent, toolNames, TWO_CALLS } from "../../support/clients.ts";
import { chat, WAYS } from "./ways.ts";

let house: House;
const asked: unknown[] = [];
beforeEach(async () => {
  asked.splice(0);
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const CITY = {
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
  additionalProperties: false,
};
const DESCRIBED = { name: "get_weather", description: "The weather of a city" };

const weather = (name = "get_weather") =>
  tool(({ city }) => (asked.push(city), "3 degrees"), {
    ...DESCRIBED,
    name,
    schema: z.object({ city: z.string() }),
  });
const time = tool((args) => (asked.push(args), "noon"), {
  name: "get_time",
  description: "The hour",
  schema: z.object({}),
});

/** The loop that agents run. */
async function loop(
  ask: (messages: BaseMessage[]) => Promise<AIMessageChunk>,
  question: string,
  tools: StructuredToolInterface[] = [weather(), time],
) {
  const messages: BaseMessage[] = [new SystemMessage("Be brief."), new HumanMessage(question)];
  for (;;) {
    const answer = await ask(messages);
    messages.push(answer);
    if (!answer.tool_calls?.length) return { answer, messages };
    for (const call of answer.tool_calls) {
      const chosen = tools.find(({ name }) => name === call.name)!;
      messages.push(await chosen.invoke({ ...call, type: "tool_call" }));
    }
  }
}

describe.each(WAYS)("tools by %s", (_, ask) => {
  it("are called two at once, one without arguments, and the loop reaches the final answer", async () => {
    house.bedrock.enqueue(TWO_CALLS);
    const model = chat(house).bindTools([weather(), time]);
    const { answer, messages } = await loop((history) => ask(model, history), "Oslo?");
    expect(answer.content).toMatch(/get_weather returned: 3 degrees\nget_time returned: noon/);
    expect(asked).toEqual(["Oslo", {}]);
    expect(messages.find((each) => AIMessage.isInstance(each))).toMatchObject({
      content: "Let me look.",
      invalid_tool_calls: [],
      response_metadata: { finish_reason: "tool_calls" },
    });
    expect(lastResults(house)).toEqual([
      ["tooluse_a", "3 degrees"],
      ["tooluse_b", "noon"],
    ]);
  });

  it.each(["v0", "v1"] as const)(
    "get signed thoughts back unchanged, in another process too (%s)",
    async (outputVersion) => {
      for (const model of [CLAUDE, NEW_CLAUDE]) {
        let thinking = chat(house, { model, reasoningEffort: "low", outputVersion }).bindTools([weather()]);
        const { answer, messages } = await loop((history) => {
          const turn = ask(thinking, history);
          // Nobody remembers the call before.
          thinking = chat(house, {
            model,
            reasoningEffort: "low",
            outputVersion,
            handler: house.withOptions({}),
          }).bindTools([weather()]);
          return turn;
        }, 'get_weather for "Oslo" please');
        expect(answer.text).toContain("get_weather returned: 3 degrees");
        const calling = sent(house).messages.find(({ role }) => role === "assistant");
        expect(calling!.content[0]).toMatchObject({
          reasoningContent: {
            reasoningText: {
              text: expect.stringContaining("The user wrote") as unknown,
              signature: expect.any(String) as unknown,
            },
          },
        });
        expect(JSON.stringify(messages.at(-1)!.response_metadata)).not.toContain('"param":"messages');
      }
    },
  );

  it("run under a name that Bedrock refuses", async () => {
    const tools = [weather(REFUSED_NAME), time];
    const model = chat(house, { model: LLAMA }).bindTools(tools);
    const { answer } = await loop((history) => ask(model, history), 'The weather service for "Oslo"', tools);
    expect(answer.content).toContain("3 degrees");
    expect(asked).toEqual(["Oslo"]);
    expect(toolNames(house)[0]).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
  });
});

describe("bindTools takes", () => {
  const TOOLS: [string, object][] = [
    ["a tool with a zod 4 schema", weather()],
    [
      "a tool with a zod 3 schema",
      tool(() => "", { ...DESCRIBED, schema: z3.object({ city: z3.string() }) as never }),
    ],
    ["a tool with a JSON schema", tool(() => "", { ...DESCRIBED, schema: CITY as never })],
    ["a tool that is only described", { ...DESCRIBED, schema: z.object({ city: z.string() }) }],
    ["OpenAI's function", { type: "function", function: { ...DESCRIBED, parameters: CITY } }],
    ["Anthropic's tool", { ...DESCRIBED, input_schema: CITY }],
  ];
  it.each(TOOLS)("%s", async (_, given) => {
    await chat(house).bindTools([given]).invoke("Hello");
    const spec = sent(house).toolConfig?.tools[0]?.toolSpec;
    expect(spec).toMatchObject(DESCRIBED);
    expect(spec?.inputSchema.json).toMatchObject({
      type: "object",
      properties: { city: { type: "string" } },
      required: ["city"],
    });
  });

  it("LangChain's own tools among the options of a call as well", async () => {
    await chat(house).invoke("Hello", { tools: [weather()] });
    expect(toolNames(house)).toEqual(["get_weather"]);
    await chat(house)
      .withConfig({ tools: [time] })
      .invoke("Hello");
    expect(toolNames(house)).toEqual(["get_time"]);
  });

  it("a choice in LangChain's words", async () => {
    const choices: [unknown, unknown][] = [
      ["auto", { auto: {} }],
      ["any", { any: {} }],
      ["required", { any: {} }],
      ["get_time", { tool: { name: "get_time" } }],
      [{ type: "function", function: { name: "get_time" } }, { tool: { name: "get_time" } }],
      [{ type: "tool", name: "get_time" }, { tool: { name: "get_time" } }],
    ];
    for (const [tool_choice, choice] of choices) {
      await chat(house)
        .bindTools([weather(), time], { tool_choice: tool_choice as string })
        .invoke("Hello");
      expect(sent(house).toolConfig?.toolChoice).toEqual(choice);
    }
    await chat(house).bindTools([weather()], { tool_choice: "none" }).invoke("Hello");
    expect(toolNames(house)).toEqual([]);
  });

  it("one call at a time, strictly", async () => {
    const given = weather();
    await chat(house).bindTools([given], { parallel_tool_calls: false, strict: true }).invoke("Hello");
    expect(sent(house).toolConfig?.tools[0]?.toolSpec?.strict).toBe(true);
    expect(JSON.stringify(sent(house).additionalModelRequestFields)).toContain(
      '"disable_parallel_tool_use":true',
    );
  });

  it("the caller's own definitions without changing them", async () => {
    const given = Object.freeze({
      type: "function",
      function: Object.freeze({ ...DESCRIBED, parameters: CITY }),
    });
    await chat(house).bindTools([given], { strict: true }).invoke("Hello");
    expect(given.function).not.toHaveProperty("strict");
  });
});

describe("a call with arguments that are no JSON object", () => {
  const BAD = {
    id: "call_bad",
    name: "get_weather",
    args: '{"city": "Os',
    type: "invalid_tool_call" as const,
  };
  const bad = () => new AIMessage({ content: "", invalid_tool_calls: [BAD] });

  it("is told as invalid, not dropped and not guessed", async () => {
    const reply = { id: "x", type: "function" as const, function: { name: "f", arguments: '["Oslo"]' } };
    const { toToolCalls } = await import("../../../integrations/langchain/from-reply.ts");
    expect(toToolCalls([reply])).toMatchObject({
      tool_calls: [],
      invalid_tool_calls: [{ id: "x", name: "f", args: '["Oslo"]' }],
    });
  });

  it("goes back with the result that somebody gave for it", async () => {
    const result = new ToolMessage({ tool_call_id: "call_bad", content: "Not JSON.", status: "error" });
    await chat(house)
      .bindTools([weather()])
      .invoke([new HumanMessage("Oslo?"), bad(), result]);
    expect(sent(house).messages[1]!.content).toMatchObject([
      { toolUse: { name: "get_weather", input: { _raw: BAD.args } } },
    ]);
    expect(lastTurn(house)[0]?.toolResult).toMatchObject({
      status: "error",
      content: [{ text: "Not JSON." }],
    });
  });

  it("is left out where nobody answered it", async () => {
    await chat(house, { model: NOVA }).invoke([new HumanMessage("Oslo?"), bad(), new HumanMessage("Again?")]);
    expect(JSON.stringify(sent(house))).not.toContain("toolUse");
  });
});

it("a tool's result may be a list of parts, and its artifact stays here", async () => {
  const calls = [{ id: "call_1", name: "get_weather", args: { city: "Oslo" } }];
  const history = [
    new HumanMessage("Oslo?"),
    new AIMessage({
      content: [
        { type: "text", text: "I look." },
        { type: "tool_use", id: "call_1", name: "get_weather", input: { city: "Oslo" } },
      ],
      tool_calls: calls,
    }),
    new ToolMessage({
      tool_call_id: "call_1",
      content: [{ type: "text", text: "3 degrees" }],
      artifact: { secret: "artifact" },
    }),
  ];
  await chat(house).bindTools([weather()]).invoke(history);
  expect(sent(house).messages[1]!.content).toMatchObject([
    { text: "I look." },
    { toolUse: { input: { city: "Oslo" } } },
  ]);
  expect(sent(house).messages[1]!.content).toHaveLength(2);
  expect(lastTurn(house)[0]?.toolResult).toMatchObject({ content: [{ text: "3 degrees" }] });
  expect(JSON.stringify(sent(house))).not.toContain("artifact");
});
