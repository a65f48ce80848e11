import { createOpenResponses } from "@ai-sdk/open-responses";
import {
  APICallError,
  generateText,
  isStepCount,
  type LanguageModel,
  type ModelMessage,
  Output,
  streamText,
  tool,
} from "ai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { CLAUDE, type House, NOVA, openHouse } from "../../support/bedrock.ts";
import {
  callerLeft,
  drained,
  INVALID,
  PDF,
  PNG,
  REASONED,
  SAYS,
  SLOW,
  THROTTLED,
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
const tools = {
  get_weather: tool({
    description: "The weather of a city",
    inputSchema: z.object({ city: z.string() }),
    execute: ({ city }) => (asked.push(city), "3 degrees"),
  }),
  get_time: tool({
    description: "The hour",
    inputSchema: z.object({}),
    execute: (args) => (asked.push(args), "noon"),
  }),
};
const stopWhen = isStepCount(5);

describe.each(Object.keys(REACHES))("@ai-sdk/open-responses %s", (reach) => {
  let house: House;
  let reached: Reach;
  let modelOf: (model?: string) => LanguageModel;
  beforeEach(async () => {
    house = await openHouse();
    reached = await REACHES[reach]!(house.handler);
    const { baseURL, apiKey, fetch } = reached;
    const provider = createOpenResponses({ name: "bedrock", url: `${baseURL}/responses`, apiKey, fetch });
    modelOf = (model = CLAUDE) => provider(model);
  });
  afterEach(async () => {
    await reached.close();
    await house.bedrock.close();
    await reached.settled();
  });

  describe.each(MODELS)("%s", (model) => {
    it("gives the words, how they ended and what they cost, whole and streamed", async () => {
      const usage = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };
      const reply = { content: [{ text: "one two three" }], usage, stopReason: "max_tokens" as const };
      house.bedrock.enqueue(reply, reply);
      const question = { model: modelOf(model), prompt: "Count", instructions: "Be brief." };
      const whole = await generateText(question);
      const stream = streamText(question);
      const told = {
        text: await stream.text,
        finishReason: await stream.finishReason,
        totalUsage: await stream.totalUsage,
      };
      for (const answer of [whole, told])
        expect(answer).toMatchObject({
          text: "one two three",
          finishReason: "length",
          totalUsage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
        });
      expect(JSON.stringify(house.bedrock.requests[0]!.body)).toContain("Be brief.");
    });

    it.each(["whole", "streamed"])(
      "calls two tools at once and sends all of it back in the next turn (%s)",
      async (way) => {
        const ask = async (question: Parameters<typeof generateText>[0]) => {
          if (way === "whole") return generateText(question);
          const stream = streamText(question as Parameters<typeof streamText>[0]);
          return { text: await stream.text, responseMessages: await stream.responseMessages };
        };
        house.bedrock.enqueue(TWO_CALLS);
        const messages: ModelMessage[] = [{ role: "user", content: "Oslo?" }];
        const first = await ask({ model: modelOf(model), messages, tools, stopWhen });
        expect(first.text).toMatch(/get_weather returned: 3 degrees\nget_time returned: noon/);
        expect(asked).toEqual(["Oslo", {}]);
        messages.push(...first.responseMessages, { role: "user", content: "Thanks." });
        await ask({ model: modelOf(model), messages, tools, stopWhen });
        expect(resultsSent(house)).toEqual(["3 degrees", "noon"]);
      },
    );

    it("thinks while its tools run", async () => {
      const bedrock = { reasoningEffort: "low", reasoningSummary: "auto" };
      const { text, steps } = await generateText({
        model: modelOf(model),
        prompt: 'get_weather for "Oslo" please',
        tools,
        stopWhen,
        providerOptions: { bedrock },
      });
      expect(text).toContain("3 degrees");
      expect(asked).toEqual(["Oslo"]);
      expect(steps).toHaveLength(2);
    });

    it("gives objects of a schema", async () => {
      const EVENT = { name: "Science Fair", year: 2026 };
      if (model === GPT) house.bedrock.enqueue(SAYS(EVENT), SAYS(EVENT));
      const output = Output.object({ schema: z.object({ name: z.string(), year: z.number() }) });
      const question = { model: modelOf(model), prompt: 'The "Science Fair" of 2026', output };
      expect((await generateText(question)).output).toEqual(EVENT);
      const stream = streamText(question);
      expect((await drained(stream.partialOutputStream)).at(-1)).toEqual(EVENT);
    });

    it("is an APICallError with our words when Bedrock refuses", async () => {
      house.bedrock.enqueue(THROTTLED, INVALID);
      const ask = () => generateText({ model: modelOf(model), prompt: "x", maxRetries: 0 });
      await expect(ask()).rejects.toMatchObject({ statusCode: 429, isRetryable: true });
      const invalid = ask();
      await expect(invalid).rejects.toSatisfy(APICallError.isInstance.bind(APICallError));
      await expect(invalid).rejects.toMatchObject({
        statusCode: 400,
        responseBody: expect.stringContaining("not amused") as unknown,
      });
    });

    it("tells a stream that breaks from a short answer", async () => {
      house.bedrock.enqueue(breakingOff(model));
      const onError = () => undefined;
      const parts = await drained(streamText({ model: modelOf(model), prompt: "x", onError }).stream);
      expect(parts.filter(({ type }) => type === "text-delta").length).toBeGreaterThan(0);
      expect(parts.at(-1)).toMatchObject({ type: "finish", finishReason: "error" });
    });

    it("stops the model by abort()", async () => {
      house.bedrock.enqueue(SLOW);
      const controller = new AbortController();
      const result = streamText({ model: modelOf(model), prompt: "x", abortSignal: controller.signal });
      for await (const { type } of result.stream) if (type === "text-delta") controller.abort();
      await expect(callerLeft(house)).resolves.toBeUndefined();
    });
  });

  it("shows its thoughts", async () => {
    house.bedrock.enqueue(REASONED, REASONED);
    const question = { model: modelOf(), prompt: "2 + 2?" };
    expect((await generateText(question)).text).toBe("Four.");
    const stream = streamText(question);
    expect([await stream.text, await stream.reasoningText]).toEqual(["Four.", "Two and two, let me see."]);
  });

  it("shows the model an image and a PDF, also as what a tool returned", async () => {
    const image = { type: "file" as const, mediaType: "image/png", data: PNG };
    const file = { type: "file" as const, mediaType: "application/pdf", filename: "report.pdf", data: PDF };
    const { text } = await generateText({
      model: modelOf(),
      messages: [{ role: "user", content: [image, file] }],
    });
    expect(text).toMatch(/I see a PNG image, 1×1.*\nI read the document "report.*" \(PDF, 15 bytes/);
    const camera = tool({
      inputSchema: z.object({}),
      execute: () => PNG,
      toModelOutput: ({ output }) => ({
        type: "content",
        value: [{ type: "file-data", mediaType: "image/png", data: output, filename: "a.png" }],
      }),
    });
    house.bedrock.enqueue({ content: [{ toolUse: { toolUseId: "tooluse_1", name: "camera", input: {} } }] });
    await generateText({ model: modelOf(NOVA), prompt: "Look", tools: { camera }, stopWhen });
    expect(JSON.stringify(house.bedrock.requests.at(-1)!.body)).toContain(PNG);
  });
});
