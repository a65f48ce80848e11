import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { ChatOpenAI } from "@langchain/openai";
import { generateText, isStepCount, streamText, tool } from "ai";
import OpenAI7 from "openai";
import { zodResponseFormat as zodResponseFormat7 } from "openai/helpers/zod";
import OpenAI6 from "openai6";
import { zodResponseFormat as zodResponseFormat6 } from "openai6/helpers/zod";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { type House, openHouse } from "../support/bedrock.ts";
import { accessTo, drained, PNG, REASONED, SAYS, TWO_CALLS } from "../support/clients.ts";
import { asking, GPT, GPT_OSS, ONLY_MANTLE, weather } from "../support/native.ts";
import { schemaCheckedFetch } from "../support/openai-schema.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const { operations, sent } = asking(() => house);

const CLIENTS = [
  { version: "openai 7", OpenAI: OpenAI7, zodResponseFormat: zodResponseFormat7 },
  {
    version: "openai 6",
    // One test for both: where the two differ in types, 7 speaks for them.
    OpenAI: OpenAI6 as unknown as typeof OpenAI7,
    zodResponseFormat: zodResponseFormat6 as unknown as typeof zodResponseFormat7,
  },
];

const time = { type: "function" as const, function: { name: "get_time", description: "The hour" } };

describe.each(CLIENTS)("$version on native models", ({ OpenAI, zodResponseFormat }) => {
  const clientOf = () => {
    const { fetch, ...access } = accessTo(house);
    const checked = schemaCheckedFetch(fetch);
    return { client: new OpenAI({ ...access, fetch: checked.fetch, maxRetries: 0 }), checked };
  };

  it.each([GPT, ONLY_MANTLE, GPT_OSS, "us.moonshotai.kimi-k3", "google.gemma-4-31b"])(
    "hears the same whole and in chunks, and every chunk is OpenAI's (%s)",
    async (model) => {
      const { client, checked } = clientOf();
      const messages = [
        { role: "developer" as const, content: "Be brief." },
        { role: "user" as const, content: "One two three four" },
      ];
      const whole = await client.chat.completions.create({ model, messages });
      const final = await client.chat.completions
        .stream({ model, messages, stream_options: { include_usage: true } })
        .finalChatCompletion();
      expect(final.choices[0]!.message.content).toBe(whole.choices[0]!.message.content);
      expect(final.usage).toEqual(whole.usage);
      expect(whole.usage!.total_tokens).toBeGreaterThan(0);
      expect(await checked.settled()).toBeGreaterThan(2);
    },
  );

  it("parses structured output, and sends what it parsed back without stumbling over it", async () => {
    const { client } = clientOf();
    const Event = z.object({ name: z.string(), year: z.number() });
    const messages: OpenAI7.ChatCompletionMessageParam[] = [{ role: "user", content: "Extract the event" }];
    house.bedrock.enqueue(SAYS({ name: "moon", year: 1969 }));
    const completion = await client.chat.completions.parse({
      model: GPT,
      messages,
      response_format: zodResponseFormat(Event, "event"),
    });
    const [choice] = completion.choices;
    expect(choice!.message.parsed).toEqual({ name: "moon", year: 1969 });
    await client.chat.completions.create({
      model: GPT,
      messages: [...messages, choice!.message, { role: "user", content: "And?" }],
    });
    expect(operations()).toEqual(["RuntimeChatCompletions", "RuntimeChatCompletions"]);
    expect(sent()).toMatchObject({ messages: [{}, { role: "assistant", content: expect.any(String) }, {}] });
    expect(JSON.stringify(sent())).not.toContain("parsed");
  });

  it("makes two calls at once, each under an id of its own", async () => {
    const { client, checked } = clientOf();
    const body = {
      model: GPT,
      messages: [{ role: "user" as const, content: "Both, please" }],
      tools: [weather, time],
    };
    house.bedrock.enqueue(TWO_CALLS, TWO_CALLS);
    const whole = await client.chat.completions.create(body);
    const final = await client.chat.completions.stream(body).finalChatCompletion();
    for (const { choices } of [whole, final]) {
      const calls = choices[0]!.message.tool_calls!;
      const told = calls.map((call) => (call.type === "function" ? call.function : undefined));
      expect(told).toMatchObject([
        { name: "get_weather", arguments: '{"city":"Oslo"}' },
        { name: "get_time", arguments: "{}" },
      ]);
      expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
      expect(choices[0]!.finish_reason).toBe("tool_calls");
    }
    await checked.settled();
  });

  it("keeps likelihoods, which Converse has none of", async () => {
    const { client } = clientOf();
    const body = {
      model: "us.zai.glm-5.3",
      messages: [{ role: "user" as const, content: "Hi" }],
      logprobs: true,
      top_logprobs: 2,
    };
    const whole = await client.chat.completions.create(body);
    expect(whole.choices[0]!.logprobs!.content![0]!.top_logprobs).toHaveLength(2);
    const chunks = [];
    for await (const chunk of await client.chat.completions.create({ ...body, stream: true }))
      chunks.push(chunk);
    expect(chunks.flatMap(({ choices }) => choices[0]?.logprobs?.content ?? [])).toEqual(
      whole.choices[0]!.logprobs!.content,
    );
  });

  it("sees an image that came along, and one too large to be parsed", async () => {
    const { client } = clientOf();
    const url = `data:image/png;base64,${PNG}`;
    await client.chat.completions.create({
      model: GPT,
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "What is it?" },
            { type: "image_url", image_url: { url, detail: "low" } },
          ],
        },
      ],
    });
    expect(operations()).toEqual(["RuntimeChatCompletions"]);
    expect(JSON.stringify(sent())).toContain(url);
  });

  it("hears the thoughts of gpt-oss apart from its words, also where a tag is torn over chunks", async () => {
    const { client } = clientOf();
    house.bedrock.enqueue(REASONED, { ...REASONED, splitBytes: 7 });
    const body = { model: GPT_OSS, messages: [{ role: "user" as const, content: "Two and two?" }] };
    const whole = await client.chat.completions.create(body);
    expect(whole.choices[0]!.message).toMatchObject({
      content: "Four.",
      reasoning_content: "Two and two, let me see.",
      reasoning: "Two and two, let me see.",
    });
    const chunks = [];
    for await (const chunk of await client.chat.completions.create({ ...body, stream: true }))
      chunks.push(chunk);
    const deltas = chunks.map(({ choices }) => choices[0]!.delta as Record<string, string>);
    expect(deltas.map((delta) => delta["content"] ?? "").join("")).toBe("Four.");
    expect(deltas.map((delta) => delta["reasoning"] ?? "").join("")).toBe("Two and two, let me see.");
  });

  it.each([
    ["ThrottlingException", OpenAI.RateLimitError, 429],
    ["ServiceUnavailableException", OpenAI.InternalServerError, 503],
    ["ValidationException", OpenAI.BadRequestError, 400],
    ["AccessDeniedException", OpenAI.PermissionDeniedError, 403],
    ["ResourceNotFoundException", OpenAI.NotFoundError, 404],
  ])("raises its own error for %s", async (name, kind, status) => {
    const { client, checked } = clientOf();
    for (const model of [GPT, ONLY_MANTLE]) {
      for (const stream of [false, true]) {
        house.bedrock.enqueue({ error: { name, message: "AWS says no." } });
        const failing = client.chat.completions.create({
          model,
          stream,
          messages: [{ role: "user", content: "x" }],
        });
        await expect(failing).rejects.toBeInstanceOf(kind);
        await expect(failing).rejects.toMatchObject({ status });
      }
    }
    await checked.settled();
  });
});

describe("other clients", () => {
  it("AI SDK's openai-compatible provider streams tools of a native model to the end", async () => {
    const provider = createOpenAICompatible({ name: "bedrock", ...accessTo(house), includeUsage: true });
    const tools = {
      get_weather: tool({
        description: "The weather of a city",
        inputSchema: z.object({ city: z.string() }),
        execute: async ({ city }) => `${city}: 3 degrees`,
      }),
    };
    const prompt = 'get_weather for "Oslo" please';
    const streamed = streamText({ model: provider(ONLY_MANTLE), tools, prompt, stopWhen: isStepCount(3) });
    expect(await streamed.text).toContain("3 degrees");
    expect((await streamed.usage).totalTokens).toBeGreaterThan(0);
    const { reasoningText } = await generateText({ model: provider(GPT_OSS), prompt: "Hi" });
    expect(reasoningText).toBeTruthy();
    expect(new Set(operations())).toEqual(new Set(["MantleChatCompletions", "RuntimeChatCompletions"]));
  });

  it("LangChain's ChatOpenAI binds tools of a native model", async () => {
    const { apiKey, ...configuration } = accessTo(house);
    const chat = new ChatOpenAI({ model: GPT, apiKey, configuration, maxRetries: 0 }).bindTools([weather]);
    for (const answer of [
      await chat.invoke('get_weather for "Oslo" please'),
      await chat
        .stream('get_weather for "Oslo" please')
        .then(async (stream) => (await drained(stream)).reduce((all, chunk) => all.concat(chunk))),
    ]) {
      expect(answer.tool_calls).toMatchObject([{ name: "get_weather", args: { city: "Oslo" } }]);
    }
    expect(operations()).toEqual(["RuntimeChatCompletions", "RuntimeChatCompletions"]);
  });
});
