import { createOpenAI, type OpenAILanguageModelResponsesOptions } from "@ai-sdk/openai";
import {
  APICallError,
  generateObject,
  generateText,
  isStepCount,
  type LanguageModel,
  type ModelMessage,
  NoObjectGeneratedError,
  Output,
  streamText,
  tool,
} from "ai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { CLAUDE, type House, LLAMA, NOVA, openHouse } from "../../support/bedrock.ts";
import {
  callerLeft,
  drained,
  INVALID,
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
import {
  breakingOff,
  GPT,
  MODELS,
  type Reach,
  REACHES,
  resultsSent,
} from "../../support/response-clients.ts";

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
const tools = { get_weather: weather, get_time: time };
const stopWhen = isStepCount(5);

type Question = Omit<Parameters<typeof generateText>[0], "prompt" | "messages"> &
  ({ prompt: string } | { messages: ModelMessage[] });

/** An answer, made whole or folded from a stream. */
const WAYS: [string, (question: Question) => Promise<Awaited<ReturnType<typeof streamed>>>][] = [
  [
    "generateText",
    async (question) => {
      const { text, finishReason, totalUsage, reasoningText, steps, responseMessages } = await generateText({
        maxRetries: 0,
        ...question,
      });
      return { text, finishReason, totalUsage, reasoningText, steps, responseMessages };
    },
  ],
  ["streamText", streamed],
];

async function streamed(question: Question) {
  let failure: unknown;
  const onError = ({ error }: { error: unknown }) => void (failure ??= error);
  const result = streamText({ maxRetries: 0, onError, ...question });
  await result.consumeStream();
  if (failure) throw failure;
  const [text, finishReason, totalUsage, reasoningText, steps, responseMessages] = await Promise.all([
    result.text,
    result.finishReason,
    result.totalUsage,
    result.reasoningText,
    result.steps,
    result.responseMessages,
  ]);
  return { text, finishReason, totalUsage, reasoningText, steps, responseMessages };
}

describe.each(Object.keys(REACHES))("@ai-sdk/openai %s", (reach) => {
  let house: House;
  let reached: Reach;
  let modelOf: (model?: string) => LanguageModel;
  beforeEach(async () => {
    house = await openHouse();
    reached = await REACHES[reach]!(house.handler);
    const provider = createOpenAI({ baseURL: reached.baseURL, apiKey: reached.apiKey, fetch: reached.fetch });
    modelOf = (model = CLAUDE) => provider(model);
  });
  afterEach(async () => {
    await reached.close();
    await house.bedrock.close();
    await reached.settled();
  });

  /** What the SDK sent last, in the words of this API. */
  const lastRequest = () => JSON.stringify(house.bedrock.requests.at(-1)!.body);

  describe.each(MODELS)("%s", (model) => {
    describe.each(WAYS)("%s", (_, ask) => {
      it("gives the words, how they ended and what they cost", async () => {
        const usage = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };
        house.bedrock.enqueue({ content: [{ text: "one two three" }], usage, stopReason: "max_tokens" });
        const answer = await ask({ model: modelOf(model), prompt: "Count", instructions: "Be brief." });
        expect(answer).toMatchObject({
          text: "one two three",
          finishReason: "length",
          totalUsage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
        });
        expect(lastRequest()).toContain("Be brief.");
      });

      it("calls two tools at once over several steps, and goes on to the final answer", async () => {
        house.bedrock.enqueue(TWO_CALLS);
        const answer = await ask({ model: modelOf(model), prompt: "Oslo?", tools, stopWhen });
        expect(answer.text).toMatch(/get_weather returned: 3 degrees\nget_time returned: noon/);
        expect(asked).toEqual(["Oslo", {}]);
        expect(answer.steps.map(({ finishReason }) => finishReason)).toEqual(["tool-calls", "stop"]);
        expect(resultsSent(house)).toEqual(["3 degrees", "noon"]);
      });

      it("speaks over several turns, though it sends only where to find its own words", async () => {
        house.bedrock.enqueue({ content: [{ text: "Hello, Ada." }] }, TWO_CALLS);
        const messages: ModelMessage[] = [{ role: "user", content: "I am Ada." }];
        const turn = async () => {
          const { responseMessages, text } = await ask({ model: modelOf(model), messages, tools, stopWhen });
          messages.push(...responseMessages);
          return text;
        };
        await turn();
        messages.push({ role: "user", content: "And in Oslo?" });
        await turn();
        messages.push({ role: "user", content: "Thanks." });
        await turn();
        expect(lastRequest()).toContain("Hello, Ada.");
        expect(lastRequest()).toContain("Let me look.");
        expect(resultsSent(house)).toEqual(["3 degrees", "noon"]);
      });

      it.each([true, false])("thinks while its tools run (store: %s)", async (store) => {
        const openai = {
          forceReasoning: true,
          reasoningEffort: "low",
          reasoningSummary: "auto",
          store,
        } satisfies OpenAILanguageModelResponsesOptions;
        const messages: ModelMessage[] = [{ role: "user", content: 'get_weather for "Oslo" please' }];
        const question = { model: modelOf(model), messages, tools, stopWhen, providerOptions: { openai } };
        const { text, steps, responseMessages } = await ask(question);
        expect(text).toContain("3 degrees");
        expect(steps[0]!.reasoningText !== undefined).toBe(model !== NOVA);
        if (model === CLAUDE) {
          const [thought] = sent(house).messages[1]!.content;
          expect(thought!.reasoningContent!.reasoningText!.signature).toBeTruthy();
        }
        messages.push(...responseMessages, { role: "user", content: "Thanks." });
        expect((await ask(question)).finishReason).toBe("stop");
      });

      it("is an APICallError when Bedrock refuses, and tries again only where that helps", async () => {
        house.bedrock.enqueue(THROTTLED, INVALID);
        const throttled = ask({ model: modelOf(model), prompt: "x" });
        await expect(throttled).rejects.toMatchObject({ statusCode: 429, isRetryable: true });
        const invalid = ask({ model: modelOf(model), prompt: "x", maxRetries: 2 });
        await expect(invalid).rejects.toSatisfy(APICallError.isInstance.bind(APICallError));
        await expect(invalid).rejects.toMatchObject({
          statusCode: 400,
          message: expect.stringContaining("not amused") as unknown,
        });
        expect(house.bedrock.requests).toHaveLength(2);
      });
    });

    it("gives objects of a schema, also in pieces, and says so where one was cut", async () => {
      const schema = z.object({ name: z.string(), year: z.number() });
      const EVENT = { name: "Science Fair", year: 2026 };
      const request = { model: modelOf(model), prompt: 'The "Science Fair" of 2026', maxRetries: 0 };
      if (model === GPT) house.bedrock.enqueue(SAYS(EVENT), SAYS(EVENT), SAYS(EVENT));
      expect((await generateObject({ ...request, schema })).object).toEqual(EVENT);
      const output = Output.object({ schema });
      expect((await generateText({ ...request, output })).output).toEqual(EVENT);
      const stream = streamText({ ...request, output });
      expect((await drained(stream.partialOutputStream)).at(-1)).toEqual(EVENT);
      expect(await stream.output).toEqual(EVENT);
      house.bedrock.enqueue({ content: [{ text: '{"name":"Sci' }], stopReason: "max_tokens" });
      const cut = generateObject({ ...request, schema });
      await expect(cut).rejects.toSatisfy(NoObjectGeneratedError.isInstance.bind(NoObjectGeneratedError));
      await expect(cut).rejects.toMatchObject({ finishReason: "length" });
    });

    it("tells a stream that breaks from a short answer", async () => {
      house.bedrock.enqueue(breakingOff(model));
      const result = streamText({
        model: modelOf(model),
        prompt: "x",
        maxRetries: 0,
        onError: () => undefined,
      });
      const parts = await drained(result.stream);
      expect(parts.filter(({ type }) => type === "text-delta").length).toBeGreaterThan(0);
      expect(parts.filter(({ type }) => type === "error").length).toBeGreaterThan(0);
      expect(parts.at(-1)).toMatchObject({ type: "finish", finishReason: "error" });
    });

    it("stops the model by abort()", async () => {
      house.bedrock.enqueue(SLOW);
      const controller = new AbortController();
      const result = streamText({ model: modelOf(model), prompt: "x", abortSignal: controller.signal });
      const types: string[] = [];
      for await (const { type } of result.stream) {
        if (type === "text-delta") controller.abort();
        types.push(type);
      }
      expect(types.at(-1)).toBe("abort");
      await callerLeft(house);
    });

    it("goes on from the response before, or in a conversation", async () => {
      house.bedrock.enqueue({ content: [{ text: "Hello, Ada." }] });
      const first = await generateText({ model: modelOf(model), prompt: "I am Ada." });
      const { responseId } = first.finalStep.providerMetadata!["openai"] as { responseId: string };
      const openai = { previousResponseId: responseId };
      await generateText({ model: modelOf(model), prompt: "Who am I?", providerOptions: { openai } });
      expect(lastRequest()).toContain("Hello, Ada.");
      const made = await reached.fetch(`${reached.baseURL}/conversations`, {
        method: "POST",
        headers: { authorization: "Bearer bedrock", "content-type": "application/json" },
        body: "{}",
      });
      const { id: conversation } = (await made.json()) as { id: string };
      house.bedrock.enqueue(TWO_CALLS);
      const providerOptions = { openai: { conversation } };
      await generateText({ model: modelOf(model), prompt: "Oslo?", tools, stopWhen, providerOptions });
      expect(resultsSent(house)).toEqual(["3 degrees", "noon"]);
      await generateText({ model: modelOf(model), prompt: "And?", tools, providerOptions });
      expect(lastRequest()).toContain("Let me look.");
    });
  });

  it("shows its thoughts as a summary", async () => {
    house.bedrock.enqueue(REASONED, REASONED);
    for (const [, ask] of WAYS)
      expect(await ask({ model: modelOf(), prompt: "2 + 2?" })).toMatchObject({
        text: "Four.",
        reasoningText: "Two and two, let me see.",
      });
  });

  it.each(WAYS)("runs a tool whose name Bedrock refuses under that name (%s)", async (_, ask) => {
    const answer = await ask({
      model: modelOf(LLAMA),
      prompt: 'The weather service for "Oslo"',
      tools: { [REFUSED_NAME]: weather },
      stopWhen,
    });
    expect(answer.text).toContain("3 degrees");
    expect(answer.steps[0]!.toolCalls[0]!.toolName).toBe(REFUSED_NAME);
    expect(toolNames(house)[0]).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
  });

  it.each(WAYS)("runs its provider's shells and custom tools, which no Claude knows (%s)", async (_, ask) => {
    const provider = createOpenAI({ baseURL: reached.baseURL, apiKey: "x", fetch: reached.fetch });
    const commands: unknown[] = [];
    const shells = {
      local_shell: provider.tools.localShell({
        execute: async ({ action }) => (commands.push(action.command), { output: "README.md" }),
      }),
      shell: provider.tools.shell({
        execute: async ({ action }) => {
          commands.push(action.commands);
          const outcome = { type: "exit" as const, exitCode: 0 };
          return { output: [{ stdout: "src", stderr: "", outcome }] };
        },
      }),
      apply_patch: provider.tools.applyPatch({
        execute: async ({ operation }) => (
          commands.push(operation.path),
          { status: "completed" as const, output: "patched" }
        ),
      }),
      run_sql: provider.tools.customTool({
        description: "Runs SQL",
        format: { type: "grammar", syntax: "lark", definition: "start: /SELECT .*/" },
        execute: async (input) => (commands.push(input), "one row"),
      }),
    };
    house.bedrock.enqueue({
      content: [
        { toolUse: { toolUseId: "tooluse_1", name: "local_shell", input: { command: ["ls"] } } },
        { toolUse: { toolUseId: "tooluse_2", name: "shell", input: { commands: ["ls src"] } } },
        {
          toolUse: {
            toolUseId: "tooluse_3",
            name: "apply_patch",
            input: { type: "delete_file", path: "a.txt" },
          },
        },
        { toolUse: { toolUseId: "tooluse_4", name: "run_sql", input: { input: "SELECT 1" } } },
      ],
    });
    const answer = await ask({ model: modelOf(), prompt: "Look around", tools: shells, stopWhen });
    expect(commands).toEqual([["ls"], ["ls src"], "a.txt", "SELECT 1"]);
    expect(resultsSent(house)).toHaveLength(4);
    for (const word of ["README.md", "src", "patched", "one row"]) expect(answer.text).toContain(word);
  });

  it("shows the model an image, and gives it a PDF to read", async () => {
    const image = { type: "file" as const, mediaType: "image/png", data: PNG };
    const file = { type: "file" as const, mediaType: "application/pdf", filename: "report.pdf", data: PDF };
    const messages = [{ role: "user" as const, content: [image, file] }];
    const { text } = await generateText({ model: modelOf(), messages, maxRetries: 0 });
    expect(text).toMatch(/I see a PNG image, 1×1.*\nI read the document "report.*" \(PDF, 15 bytes/);
  });

  it.each(WAYS)("tells its sources, and shows the model what a tool has seen (%s)", async (_, ask) => {
    const web = { url: "https://example.com/sky" };
    const cited = { content: [{ text: "It is blue." }], citations: [{ title: "Sky", location: { web } }] };
    house.bedrock.enqueue(
      { content: [{ toolUse: { toolUseId: "tooluse_1", name: "camera", input: {} } }] },
      { content: [{ citationsContent: cited }] },
    );
    const camera = tool({
      inputSchema: z.object({}),
      execute: () => PNG,
      toModelOutput: ({ output }) => ({
        type: "content",
        value: [{ type: "file", mediaType: "image/png", data: { type: "data", data: output } }],
      }),
    });
    const { steps } = await ask({ model: modelOf(), prompt: "Look", tools: { camera }, stopWhen });
    expect(steps.at(-1)!.sources).toMatchObject([{ sourceType: "url", title: "Sky", ...web }]);
    const [shown] = sent(house).messages.at(-1)!.content;
    expect(shown!.toolResult!.content).toEqual([{ image: { format: "png", source: { bytes: PNG } } }]);
  });

  it("goes on without a hosted tool that nobody here has, and says so", async () => {
    const provider = createOpenAI({ baseURL: reached.baseURL, apiKey: "x", fetch: reached.fetch });
    const { text, finalStep } = await generateText({
      model: modelOf(),
      prompt: 'get_weather for "Oslo" please',
      tools: { ...tools, web_search: provider.tools.webSearch() },
      stopWhen,
    });
    expect(text).toContain("3 degrees");
    expect(finalStep.response.headers!["x-bedrock-adjustments"]).toContain("web_search");
  });
});
