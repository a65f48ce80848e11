import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import {
  APICallError,
  type FilePart,
  type FinishReason,
  generateObject,
  generateText,
  isStepCount,
  type LanguageModel,
  type LanguageModelUsage,
  NoObjectGeneratedError,
  Output,
  streamText,
  type StepResult,
  tool,
  type ToolSet,
  type UserContent,
} from "ai";
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

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const compatible = (model = CLAUDE): LanguageModel =>
  createOpenAICompatible({
    name: "bedrock",
    ...accessTo(house),
    includeUsage: true,
    supportsStructuredOutputs: true,
  })(model);

const PROVIDERS: [string, (model?: string) => LanguageModel][] = [
  ["@ai-sdk/openai", (model = CLAUDE) => createOpenAI(accessTo(house)).chat(model)],
  ["@ai-sdk/openai-compatible", compatible],
];

type Question = Omit<Parameters<typeof generateText>[0], "prompt" | "messages"> & { prompt: string };

interface Answer {
  text: string;
  finishReason: FinishReason;
  usage: LanguageModelUsage;
  reasoningText: string | undefined;
  steps: StepResult<ToolSet, Record<string, unknown>>[];
}

/** An answer, made whole or folded from a stream. */
const WAYS: [string, (question: Question) => Promise<Answer>][] = [
  ["generateText", (question) => generateText({ maxRetries: 0, ...question })],
  [
    "streamText",
    async (question) => {
      let failure: unknown;
      const onError = ({ error }: { error: unknown }) => void (failure ??= error);
      const result = streamText({ maxRetries: 0, onError, ...question });
      await result.consumeStream();
      if (failure) throw failure;
      const [text, finishReason, usage, reasoningText, steps] = await Promise.all([
        result.text,
        result.finishReason,
        result.totalUsage,
        result.reasoningText,
        result.steps,
      ]);
      return { text, finishReason, usage, reasoningText, steps };
    },
  ],
];

const asked: unknown[] = [];
beforeEach(() => void asked.splice(0));
const weather = tool({
  description: "The weather of a city",
  inputSchema: z.object({ city: z.string() }),
  execute: ({ city }) => (asked.push(city), "3 degrees"),
});
const time = tool({
  description: "The hour",
  inputSchema: z.object({}),
  execute: (args) => (asked.push(args), "noon"),
});
const stopWhen = isStepCount(5);

describe.each(PROVIDERS)("%s", (_, modelOf) => {
  describe.each(WAYS)("%s", (_way, ask) => {
    it("gives the words, how they ended and what they cost", async () => {
      const usage = { inputTokens: 10, outputTokens: 5, totalTokens: 15, cacheReadInputTokens: 100 };
      house.bedrock.enqueue({ content: [{ text: "one two three" }], usage, stopReason: "max_tokens" });
      const answer = await ask({ model: modelOf(), prompt: "Count", instructions: "Be brief." });
      expect(answer).toMatchObject({ text: "one two three", finishReason: "length" });
      expect(answer.usage).toMatchObject({
        inputTokens: 110,
        outputTokens: 5,
        totalTokens: 115,
        inputTokenDetails: { cacheReadTokens: 100, noCacheTokens: 10 },
      });
      expect(sent(house).system).toEqual([{ text: "Be brief." }]);
      house.bedrock.enqueue({ content: [{ text: "I" }], stopReason: "content_filtered" });
      expect((await ask({ model: modelOf(), prompt: "x" })).finishReason).toBe("content-filter");
    });

    it("calls two tools at once, one without arguments, and goes on to the final answer", async () => {
      house.bedrock.enqueue(TWO_CALLS);
      const tools = { get_weather: weather, get_time: time };
      const answer = await ask({ model: modelOf(), prompt: "Oslo?", tools, stopWhen });
      expect(answer.text).toMatch(/get_weather returned: 3 degrees\nget_time returned: noon/);
      expect(asked).toEqual(["Oslo", {}]);
      expect(answer.steps.map(({ finishReason, text }) => [finishReason, text.slice(0, 12)])).toEqual([
        ["tool-calls", "Let me look."],
        ["stop", "get_weather "],
      ]);
      expect(lastResults(house)).toEqual([
        ["tooluse_a", "3 degrees"],
        ["tooluse_b", "noon"],
      ]);
    });

    it("runs a tool whose name Bedrock refuses under that name", async () => {
      const tools = { [REFUSED_NAME]: weather, get_time: time };
      const prompt = 'The weather service for "Oslo"';
      const answer = await ask({ model: modelOf(LLAMA), prompt, tools, stopWhen });
      expect(answer.text).toContain("3 degrees");
      expect(answer.steps[0]!.toolCalls[0]!.toolName).toBe(REFUSED_NAME);
      expect(toolNames(house)[0]).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    });

    it("goes on to the final answer with a model that thinks", async () => {
      const effort = { reasoningEffort: "low" };
      const providerOptions = { openai: effort, bedrock: effort };
      const prompt = 'get_weather for "Oslo" please';
      const tools = { get_weather: weather };
      const answer = await ask({ model: modelOf(), prompt, tools, stopWhen, providerOptions });
      expect(answer.text).toContain("get_weather returned: 3 degrees");
      expect(sent(house, 0).additionalModelRequestFields).toBeDefined();
    });

    it("is an APICallError when Bedrock refuses", async () => {
      house.bedrock.enqueue(THROTTLED, INVALID);
      const throttled = ask({ model: modelOf(), prompt: "x" });
      await expect(throttled).rejects.toMatchObject({ statusCode: 429, isRetryable: true });
      const invalid = ask({ model: modelOf(), prompt: "x", maxRetries: 2 });
      await expect(invalid).rejects.toSatisfy(APICallError.isInstance.bind(APICallError));
      await expect(invalid).rejects.toMatchObject({
        statusCode: 400,
        message: expect.stringContaining("not amused") as unknown,
      });
      expect(house.bedrock.requests).toHaveLength(2);
    });
  });

  describe("structured output", () => {
    const schema = z.object({ name: z.string(), year: z.number() });
    const EVENT = { name: "Science Fair", year: 2026 };
    const prompt = 'The "Science Fair" of 2026';

    it.each([CLAUDE, NOVA])("is what the schema says, also in pieces (%s)", async (model) => {
      const request = { model: modelOf(model), prompt, maxRetries: 0 };
      expect((await generateObject({ ...request, schema })).object).toEqual(EVENT);
      const output = Output.object({ schema });
      expect((await generateText({ ...request, output })).output).toEqual(EVENT);
      const stream = streamText({ ...request, output });
      expect((await drained(stream.partialOutputStream)).at(-1)).toEqual(EVENT);
      expect(await stream.output).toEqual(EVENT);
      expect(await stream.finishReason).toBe("stop");
      expect(sent(house).outputConfig !== undefined).toBe(model === CLAUDE);
      expect(toolNames(house)).toEqual(model === CLAUDE ? [] : ["response"]);
    });

    it.each([LLAMA, MISTRAL])("is put in words to a model that nothing can force (%s)", async (model) => {
      house.bedrock.enqueue(SAYS(EVENT));
      const output = Output.object({ schema });
      const answer = await generateText({ model: modelOf(model), prompt, output, maxRetries: 0 });
      expect(answer.output).toEqual(EVENT);
      const { system, messages } = sent(house);
      expect(JSON.stringify([system, messages])).toMatch(/JSON Schema|\bresponse\b/);
    });

    it("stands beside tools: first the tool, then the object", async () => {
      house.bedrock.enqueue(TWO_CALLS, SAYS(EVENT));
      const tools = { get_weather: weather, get_time: time };
      const output = Output.object({ schema });
      const answer = await generateText({ model: modelOf(), prompt, tools, stopWhen, output, maxRetries: 0 });
      expect(asked).toEqual(["Oslo", {}]);
      expect(answer.output).toEqual(EVENT);
    });

    it("is an error, not half an object, when the answer was cut", async () => {
      house.bedrock.enqueue({ content: [{ text: '{"name":"Sci' }], stopReason: "max_tokens" });
      const cut = generateObject({ model: modelOf(), prompt, schema, maxRetries: 0 });
      await expect(cut).rejects.toSatisfy(NoObjectGeneratedError.isInstance.bind(NoObjectGeneratedError));
      await expect(cut).rejects.toMatchObject({ finishReason: "length" });
    });

    it("without a schema is read from what the model wrote around it", async () => {
      house.bedrock.enqueue({ content: [{ text: `Sure:\n\`\`\`json\n${JSON.stringify(EVENT)}\n\`\`\`` }] });
      const answer = await generateText({
        model: modelOf(NOVA),
        prompt,
        output: Output.json(),
        maxRetries: 0,
      });
      expect(answer.output).toEqual(EVENT);
    });
  });

  const say = async (model: string, content: UserContent): Promise<string> => {
    const messages = [{ role: "user" as const, content }];
    return (await generateText({ model: modelOf(model), messages, maxRetries: 0 })).text;
  };

  it.each<[string, FilePart["data"]]>([
    ["bytes", new Uint8Array(Buffer.from(PNG, "base64"))],
    ["base64", PNG],
    ["a data URL", `data:image/png;base64,${PNG}`],
  ])("shows the model an image as %s", async (_as, data) => {
    const image = { type: "file" as const, mediaType: "image/png", data };
    expect(await say(NOVA, [{ type: "text", text: "What is this?" }, image])).toContain("a PNG image, 1×1");
    expect(lastTurn(house)).toContainEqual({ image: { format: "png", source: { bytes: PNG } } });
  });

  it("gives the model a PDF to read", async () => {
    const data = { type: "file" as const, mediaType: "application/pdf", filename: "report.pdf", data: PDF };
    expect(await say(CLAUDE, [data])).toMatch(/I read the document "report.*" \(PDF, 15 bytes/);
    const document = { format: "pdf", source: { bytes: PDF } };
    expect(lastTurn(house)).toContainEqual({ document: expect.objectContaining(document) as unknown });
  });

  it("tells a stream that breaks from a short answer", async () => {
    house.bedrock.enqueue(BREAKING);
    const result = streamText({ model: modelOf(), prompt: "x", maxRetries: 0, onError: () => undefined });
    const parts = await drained(result.stream);
    expect(parts.filter(({ type }) => type === "text-delta")).toHaveLength(2);
    expect(parts.filter(({ type }) => type === "error")).toHaveLength(1);
    expect(parts.at(-1)).toMatchObject({ type: "finish", finishReason: "error" });
  });

  it("stops the model by abort()", async () => {
    house.bedrock.enqueue(SLOW);
    const controller = new AbortController();
    const result = streamText({ model: modelOf(), prompt: "x", abortSignal: controller.signal });
    const types: string[] = [];
    for await (const { type } of result.stream) {
      if (type === "text-delta") controller.abort();
      types.push(type);
    }
    expect(types.at(-1)).toBe("abort");
    await callerLeft(house);
  });
});

describe.each(WAYS)("@ai-sdk/openai-compatible, %s", (_, ask) => {
  it("keeps a model's reasoning apart from its words", async () => {
    house.bedrock.enqueue(REASONED);
    const answer = await ask({ model: compatible(), prompt: "2 + 2?" });
    expect(answer).toMatchObject({ text: "Four.", reasoningText: "Two and two, let me see." });
  });

  it("replays reasoning that nobody signed, and still reaches the final answer", async () => {
    const [thought] = REASONED.content;
    house.bedrock.enqueue({ content: [thought!, ...TWO_CALLS.content] });
    const tools = { get_weather: weather, get_time: time };
    const answer = await ask({ model: compatible(), prompt: "Oslo?", tools, stopWhen });
    expect(answer.text).toContain("get_time returned: noon");
    expect(answer.steps[0]!.reasoningText).toBe("Two and two, let me see.");
  });
});
