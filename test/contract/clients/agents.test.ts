import {
  Agent,
  type AgentInputItem,
  ModelBehaviorError,
  OpenAIProvider,
  Runner,
  type RunStreamEvent,
  setTracingDisabled,
  tool,
} from "@openai/agents";
import OpenAI from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { CLAUDE, type House, LLAMA, MISTRAL, NOVA, openHouse } from "../../support/bedrock.ts";
import {
  accessTo,
  BREAKING,
  callerLeft,
  drained,
  INVALID,
  lastResults,
  lastTurn,
  PDF,
  PNG,
  REASONED,
  REFUSED_NAME,
  SAYS,
  sent,
  SLOW,
  THROTTLED,
  toolNames,
  TWO_CALLS,
} from "../../support/clients.ts";

setTracingDisabled(true);

let house: House;
let runner: Runner;
beforeEach(async () => {
  house = await openHouse();
  const openAIClient = new OpenAI({ ...accessTo(house), maxRetries: 0 });
  const modelProvider = new OpenAIProvider({ openAIClient, useResponses: false });
  runner = new Runner({ modelProvider, tracingDisabled: true });
});
afterEach(() => house.bedrock.close());

type AnyAgent = Agent<unknown, "text">;
type Question = Parameters<typeof runner.run>[1];

interface Result {
  finalOutput?: unknown;
  newItems: { type: string }[];
  history: AgentInputItem[];
  state: { usage: { requests: number; inputTokens: number; outputTokens: number; totalTokens: number } };
}

/** A run, awaited or streamed to its end. */
const WAYS: [string, (agent: AnyAgent, question: Question) => Promise<Result>][] = [
  ["run()", (agent, question) => runner.run(agent, question)],
  [
    "run({ stream: true })",
    async (agent, question) => {
      const result = await runner.run(agent, question, { stream: true });
      await drained(result);
      await result.completed;
      return result;
    },
  ],
];

const asked: unknown[] = [];
beforeEach(() => void asked.splice(0));
const weather = (name = "get_weather") =>
  tool({
    name,
    description: "The weather of a city",
    parameters: z.object({ city: z.string() }),
    execute: ({ city }) => (asked.push(city), "3 degrees"),
  });
const time = tool({
  name: "get_time",
  description: "The hour",
  parameters: z.object({}),
  execute: (args) => (asked.push(args), "noon"),
});

const guide = (model = CLAUDE, tools = [weather(), time], fields: object = {}): AnyAgent =>
  new Agent({ name: "Guide", instructions: "Be brief.", model, tools, ...fields });

const Event = z.object({ name: z.string(), year: z.number() });
const EVENT = { name: "Science Fair", year: 2026 };

describe.each(WAYS)("Runner.%s", (_, run) => {
  it("gives the words and what they cost", async () => {
    const usage = { inputTokens: 10, outputTokens: 5, totalTokens: 15, cacheReadInputTokens: 100 };
    house.bedrock.enqueue({ content: [{ text: "one two three" }], usage });
    const { finalOutput, state } = await run(guide(), "Count");
    expect(finalOutput).toBe("one two three");
    expect(state.usage).toMatchObject({ requests: 1, inputTokens: 110, outputTokens: 5, totalTokens: 115 });
    expect(sent(house).system).toEqual([{ text: "Be brief." }]);
  });

  it("calls two tools at once, one without arguments, and goes on to the final answer", async () => {
    house.bedrock.enqueue(TWO_CALLS);
    const { finalOutput, newItems } = await run(guide(), "Oslo?");
    expect(finalOutput).toMatch(/get_weather returned: 3 degrees\nget_time returned: noon/);
    expect(asked).toEqual(["Oslo", {}]);
    expect(newItems.map(({ type }) => type).toSorted()).toEqual([
      "message_output_item",
      "message_output_item",
      "tool_call_item",
      "tool_call_item",
      "tool_call_output_item",
      "tool_call_output_item",
    ]);
    expect(lastResults(house)).toEqual([
      ["tooluse_a", "3 degrees"],
      ["tooluse_b", "noon"],
    ]);
  });

  it("keeps a conversation of several turns and tools going", async () => {
    const first = await run(guide(), 'get_weather for "Oslo" please');
    const question = { role: "user" as const, content: 'And get_weather for "Rome"?' };
    const second = await run(guide(), [...first.history, question]);
    expect(second.finalOutput).toContain("get_weather returned: 3 degrees");
    expect(asked).toEqual(["Oslo", "Rome"]);
    const roles = sent(house).messages.map(({ role }) => role);
    expect(roles).toEqual(["user", "assistant", "user", "assistant", "user", "assistant", "user"]);
  });

  it("runs a tool whose name is too long for Bedrock under that name", async () => {
    const question = 'The weather service for "Oslo"';
    const { finalOutput } = await run(
      guide(LLAMA, [weather(REFUSED_NAME.replaceAll(".", "_")), time]),
      question,
    );
    expect(finalOutput).toContain("3 degrees");
    expect(asked).toEqual(["Oslo"]);
    expect(toolNames(house)[0]).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
  });

  it("hands over to another agent", async () => {
    const expert = new Agent({ name: "Weather expert", model: NOVA, tools: [weather()] });
    const greeter = guide(CLAUDE, [], { handoffs: [expert] });
    const handoff = { toolUseId: "tooluse_1", name: "transfer_to_Weather_expert", input: {} };
    house.bedrock.enqueue({ content: [{ toolUse: handoff }] });
    const { finalOutput } = await run(greeter, 'get_weather for "Oslo" please');
    expect(house.bedrock.requests.map(({ modelId }) => modelId)).toEqual(
      expect.arrayContaining([CLAUDE, NOVA]) as unknown,
    );
    expect(finalOutput).toContain(NOVA);
  });

  it.each([CLAUDE, NOVA, MISTRAL])("ends with the output type that was asked for (%s)", async (model) => {
    if (model === MISTRAL) house.bedrock.enqueue(SAYS(EVENT));
    const agent = guide(model, [], { outputType: Event });
    const { finalOutput } = await run(agent, 'The "Science Fair" of 2026');
    expect(finalOutput).toEqual(EVENT);
  });

  it.each([
    [CLAUDE, SAYS(EVENT)],
    [NOVA, { content: [{ toolUse: { toolUseId: "tooluse_c", name: "output", input: EVENT } }] }],
  ])("uses its tools before it gives the output type that was asked for (%s)", async (model, final) => {
    house.bedrock.enqueue(TWO_CALLS, final);
    const { finalOutput } = await run(guide(model, [weather(), time], { outputType: Event }), "Oslo?");
    expect(asked).toEqual(["Oslo", {}]);
    expect(finalOutput).toEqual(EVENT);
  });

  it("keeps a model's reasoning as an item of its own", async () => {
    house.bedrock.enqueue(REASONED);
    const { finalOutput, history } = await run(guide(), "2 + 2?");
    expect(finalOutput).toBe("Four.");
    expect(history).toContainEqual(
      expect.objectContaining({
        type: "reasoning",
        rawContent: [{ type: "reasoning_text", text: "Two and two, let me see." }],
      }),
    );
  });

  it("goes on to the final answer with a model that thinks", async () => {
    const modelSettings = { reasoning: { effort: "low" } };
    const agent = guide(CLAUDE, [weather()], { modelSettings });
    const { finalOutput, newItems } = await run(agent, 'get_weather for "Oslo" please');
    expect(finalOutput).toContain("get_weather returned: 3 degrees");
    expect(newItems[0]).toMatchObject({ type: "reasoning_item" });
  });

  it("shows the model an image and a file", async () => {
    const content = [
      { type: "input_text" as const, text: "What are these?" },
      { type: "input_image" as const, image: `data:image/png;base64,${PNG}` },
      { type: "input_file" as const, file: `data:application/pdf;base64,${PDF}`, filename: "report.pdf" },
    ];
    const { finalOutput } = await run(guide(), [{ role: "user", content }]);
    expect(finalOutput).toMatch(/I see a PNG image, 1×1.*\nI read the document "report.*" \(PDF, 15 bytes/);
    expect(lastTurn(house)).toContainEqual({ image: { format: "png", source: { bytes: PNG } } });
  });

  it("is the openai client's own error when Bedrock refuses", async () => {
    house.bedrock.enqueue(THROTTLED, INVALID);
    await expect(run(guide(), "x")).rejects.toBeInstanceOf(OpenAI.RateLimitError);
    await expect(run(guide(), "x")).rejects.toMatchObject({
      constructor: OpenAI.BadRequestError,
      message: expect.stringContaining("not amused") as unknown,
    });
    expect(house.bedrock.requests).toHaveLength(2);
  });

  it("is an error, not an empty answer, when nothing fitted into the answer", async () => {
    house.bedrock.enqueue({ content: [], stopReason: "max_tokens" });
    await expect(run(guide(), "x")).rejects.toBeInstanceOf(ModelBehaviorError);
  });
});

describe("a streaming run", () => {
  const stream = (signal?: AbortSignal) =>
    runner.run(guide(), "Hello", { stream: true, ...(signal && { signal }) });
  const isDelta = (event: RunStreamEvent): boolean =>
    event.type === "raw_model_stream_event" && event.data.type === "output_text_delta";

  it("that breaks is an error, not a short answer", async () => {
    house.bedrock.enqueue(BREAKING);
    const result = await stream();
    const failure = { constructor: OpenAI.APIError, code: "model_stream_error" };
    await expect(drained(result)).rejects.toMatchObject(failure);
    await expect(result.completed).rejects.toMatchObject(failure);
  });

  it("that is aborted stops the model", async () => {
    house.bedrock.enqueue(SLOW);
    const controller = new AbortController();
    const result = await stream(controller.signal);
    const reading = (async () => {
      for await (const event of result) if (isDelta(event)) controller.abort();
    })();
    await callerLeft(house);
    await reading;
    expect(result.cancelled).toBe(true);
  });
});
