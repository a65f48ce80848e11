import { afterEach, beforeEach, describe, expect, it } from "vitest";
import fc from "fast-check";
import OpenAI from "openai";
import { completeChat, embed, streamChat } from "../../../src/index.ts";
import type { BedrockOpenAIHandler, BedrockOpenAIOptions, UsageEvent } from "../../../src/index.ts";
import type { ChatUsage } from "../../../src/openai/chat-response.ts";
import {
  CLAUDE,
  eventually,
  type House,
  LLAMA,
  MISTRAL,
  NEW_CLAUDE,
  NOVA,
  openHouse,
} from "../../support/bedrock.ts";
import { SLOW } from "../../support/clients.ts";
import { GPT, GPT_OSS, ONLY_MANTLE } from "../../support/native.ts";
import { chatRequest, completionRequest } from "../../support/requests.ts";
import { chunksOf } from "../../support/sse.ts";

let house: House;
let told: UsageEvent[];
beforeEach(async () => {
  told = [];
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const counting = (options: BedrockOpenAIOptions = {}): BedrockOpenAIHandler =>
  house.withOptions({ onUsage: (usage) => void told.push(usage), ...options });

/** What the caller was told, in the words of `onUsage`. */
const inOurWords = (usage: ChatUsage) => ({
  input: usage.prompt_tokens,
  output: usage.completion_tokens,
  cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
  written: usage.prompt_tokens_details?.cache_write_tokens ?? 0,
  reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0,
});

const usageOf = (text: string, stream: boolean): ChatUsage =>
  (stream ? chunksOf(text).chunks.at(-1)! : (JSON.parse(text) as { usage: ChatUsage })).usage!;

const post = (path: string, body: object): Request =>
  new Request(`http://localhost/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

const CHATS: [string, object][] = [
  [NOVA, {}],
  [CLAUDE, { reasoning_effort: "low" }],
  [NEW_CLAUDE, { reasoning_effort: "high" }],
  [LLAMA, {}],
  [`invoke/${CLAUDE}`, {}],
  [`invoke/${MISTRAL}`, {}],
  [GPT, { reasoning_effort: "low" }],
  [GPT_OSS, {}],
  [ONLY_MANTLE, {}],
  ["mantle/qwen.qwen3-32b", {}],
  ["anthropic.claude-mythos-5", {}],
];

describe("counts are those that the caller was told", () => {
  const ways = CHATS.flatMap(([model, body]) =>
    [false, true].map((stream) => [model, stream, body] as const),
  );

  it.each(ways)("%s (stream: %s)", async (model, stream, body) => {
    const asked = { model, stream, ...body, ...(stream && { stream_options: { include_usage: true } }) };
    const text = await (await counting()(chatRequest(asked))).text();
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ operation: "chat", asked: model, stream, status: 200, error: undefined });
    expect(told[0]!.tokens).toMatchObject(inOurWords(usageOf(text, stream)));
    expect(told[0]!.tokens!.output).toBeGreaterThan(0);
  });

  it.each(ways.filter(([, stream]) => stream))("%s, who did not ask for them (stream: %s)", async (model) => {
    const { chunks } = chunksOf(await (await counting()(chatRequest({ model, stream: true }))).text());
    expect(chunks.filter((chunk) => "usage" in chunk)).toEqual([]);
    expect(told[0]!.tokens).toMatchObject({ input: expect.any(Number), output: expect.any(Number) });
  });

  it.each([false, true])("of several prompts and choices their sum (stream: %s)", async (stream) => {
    const asked = { model: NOVA, prompt: ["a", "b"], n: 2, stream, stream_options: { include_usage: true } };
    const text = await (await counting()(completionRequest(asked))).text();
    expect(told[0]!.tokens).toMatchObject(inOurWords(usageOf(text, stream)));
    expect(house.bedrock.requests).toHaveLength(4);
  });

  it("of n choices their sum, whatever each of them is", async () => {
    const counts = fc.record({
      inputTokens: fc.nat(1e6),
      outputTokens: fc.nat(1e6),
      cacheReadInputTokens: fc.nat(1e6),
      cacheWriteInputTokens: fc.nat(1e6),
    });
    const handler = counting();
    await fc.assert(
      fc.asyncProperty(
        fc.array(counts, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (all, stream) => {
          told = [];
          house.bedrock.enqueue(
            ...all.map((each) => ({ content: [{ text: "a" }], usage: { ...each, totalTokens: 0 } })),
          );
          const options = stream ? { stream_options: { include_usage: true } } : {};
          const asked = { model: NOVA, n: all.length, stream, ...options };
          const text = await (await handler(chatRequest(asked))).text();
          const sum = (name: keyof (typeof all)[number]) =>
            all.reduce((total, each) => total + each[name], 0);
          expect(told[0]!.tokens).toEqual({
            input: sum("inputTokens") + sum("cacheReadInputTokens") + sum("cacheWriteInputTokens"),
            output: sum("outputTokens"),
            cached: sum("cacheReadInputTokens"),
            written: sum("cacheWriteInputTokens"),
            writtenForAnHour: 0,
            reasoning: 0,
          });
          expect(told[0]!.tokens).toMatchObject(inOurWords(usageOf(text, stream)));
        },
      ),
      { numRuns: 25 },
    );
  });

  it.each([
    ["/embeddings", { model: "amazon.titan-embed-text-v2:0", input: ["Hi", "you"] }],
    ["/embeddings", { model: "cohere.embed-v4:0", input: ["Hi", "you"] }],
    ["/rerank", { model: "cohere.rerank-v3-5:0", query: "Hi", documents: ["a", "b"] }],
  ])("%s %j", async (path, body) => {
    const answer = (await (await counting()(post(path, body))).json()) as {
      usage?: { prompt_tokens: number };
    };
    expect(told[0]!.tokens?.input).toBe(answer.usage?.prompt_tokens);
    expect(told[0]).toMatchObject({ asked: body.model, target: { model: body.model, region: "us-east-1" } });
  });

  it("in process", async () => {
    const handler = counting();
    const messages = [{ role: "user", content: "Hi" }];
    const { value } = await completeChat({ model: NOVA, messages }, handler);
    const { value: chunks } = await streamChat({ model: GPT, messages }, handler);
    for await (const _ of chunks);
    const { value: embedded } = await embed({ model: "amazon.titan-embed-text-v2:0", input: "Hi" }, handler);
    expect(told.map(({ operation, stream, route }) => [operation, stream, route])).toEqual([
      ["chat", false, undefined],
      ["chat", true, undefined],
      ["embeddings", false, undefined],
    ]);
    expect(told[0]!.tokens).toMatchObject(inOurWords(value.usage!));
    expect(told[2]!.tokens!.input).toBe(embedded.usage.prompt_tokens);
  });
});

describe("a call is told of", () => {
  it("with what became of it", async () => {
    const authorize = () => ({ id: "team-blue" });
    const handler = counting({ authorize, models: { fast: NOVA } });
    const response = await handler(chatRequest({ model: "fast", logit_bias: { 1: 2 } }));
    expect(told).toEqual([
      expect.objectContaining({
        requestId: response.headers.get("x-request-id"),
        awsRequestId: response.headers.get("x-amzn-requestid"),
        method: "POST",
        route: "/chat/completions",
        operation: "chat",
        asked: "fast",
        target: { model: NOVA, region: "us-east-1", surface: "converse", family: "amazon.nova-pro-v1:0" },
        failedOver: 0,
        caller: "team-blue",
        stream: false,
        status: 200,
        error: undefined,
        cost: undefined,
        firstToken: undefined,
      }),
    ]);
    expect(told[0]!.adjustments.map(({ param }) => param)).toEqual(["logit_bias"]);
    expect(told[0]!.duration).toBeGreaterThan(0);
  });

  it("when its stream has ended and not before, with its first piece", async () => {
    const response = await counting()(chatRequest({ model: NOVA, stream: true }));
    expect(told).toEqual([]);
    await response.text();
    expect(told).toHaveLength(1);
    expect(told[0]!.firstToken).toBeLessThanOrEqual(told[0]!.duration);
  });

  it("where AWS refused it", async () => {
    house.bedrock.enqueue({ error: { name: "ThrottlingException", message: "slow" } });
    await counting()(chatRequest({ model: NOVA }));
    expect(told).toMatchObject([
      { status: 429, error: "rate_limit_exceeded", tokens: undefined, target: { model: NOVA } },
    ]);
  });

  it.each([false, true])("with who answered in the place of whom (stream: %s)", async (stream) => {
    house.bedrock.enqueue({ error: { name: "ThrottlingException", message: "slow" } });
    const handler = counting({ models: { mine: { model: NOVA, fallbacks: [GPT] } } });
    await (await handler(chatRequest({ model: "mine", stream }))).text();
    expect(told).toMatchObject([
      {
        asked: "mine",
        failedOver: 1,
        status: 200,
        error: undefined,
        target: { model: GPT, surface: "openai" },
      },
    ]);
    expect(told[0]!.tokens!.output).toBeGreaterThan(0);
  });

  it("that judges, by the guardrail that judged", async () => {
    const guardrailConfig = { guardrailIdentifier: "abcdefg12345", guardrailVersion: "1" };
    const response = await counting()(post("/moderations", { input: "Hi", guardrailConfig }));
    expect(response.status).toBe(200);
    expect(told).toMatchObject([
      { operation: "moderation", asked: "omni-moderation-latest", tokens: undefined },
    ]);
  });

  it("that paints, which AWS counts no tokens of", async () => {
    await (
      await counting()(post("/images/generations", { model: "amazon.nova-canvas-v1:0", prompt: "A cat" }))
    ).text();
    expect(told).toMatchObject([{ operation: "image_generation", tokens: undefined, cost: undefined }]);
  });

  it("where its stream broke off, with the status of the failure", async () => {
    house.bedrock.enqueue({ content: [{ text: "one two" }], fault: { kind: "reset", afterEvents: 3 } });
    await (await counting()(chatRequest({ model: NOVA, stream: true }))).text();
    expect(told).toMatchObject([{ error: expect.any(String), tokens: undefined }]);
    expect(told[0]!.status).toBeGreaterThanOrEqual(500);
  });

  it.each([NOVA, GPT])("whose caller left, once (%s)", async (model) => {
    house.bedrock.enqueue(SLOW);
    const reader = (await counting()(chatRequest({ model, stream: true }))).body!.getReader();
    await reader.read();
    await reader.cancel();
    await eventually(() => told.length > 0);
    await eventually(() => house.bedrock.openRequests === 0);
    expect(told).toMatchObject([{ status: 499, error: "client_closed" }]);
  });

  it.each([NOVA, GPT_OSS])(
    "whose client leaves after the last word: it had all of it (%s)",
    async (model) => {
      const handler = counting();
      const client = new OpenAI({
        apiKey: "none",
        baseURL: "http://localhost/v1",
        fetch: (url, init) => handler(new Request(url, init as RequestInit)),
      });
      const messages = [{ role: "user" as const, content: "Hi" }];
      for await (const _ of await client.chat.completions.create({ model, messages, stream: true }));
      await eventually(() => told.length === 1);
      expect(told).toMatchObject([{ status: 200, error: undefined }]);
    },
  );

  it("never where nothing was sent", async () => {
    const handler = counting({ apiKeys: ["sk-1"] });
    await handler(chatRequest({ model: NOVA }));
    const open = counting();
    await open(chatRequest({ model: NOVA, messages: [] }));
    await open(chatRequest({ model: NOVA }, { headers: { "x-bedrock-explain": "1" } }));
    await open(new Request("http://localhost/v1/models"));
    await open(post("/embeddings", { model: NOVA, input: "Hi" }));
    expect(told).toEqual([]);
  });
});

describe("what it costs", () => {
  const usage = {
    inputTokens: 1000,
    outputTokens: 500,
    totalTokens: 0,
    cacheReadInputTokens: 3000,
    cacheWriteInputTokens: 2000,
  };
  const answer = { content: [{ text: "Hi" }], usage };
  const costOf = async (prices: NonNullable<BedrockOpenAIOptions["prices"]>): Promise<number | undefined> => {
    house.bedrock.enqueue(answer);
    await counting({ prices })(chatRequest({ model: NOVA }));
    return told.at(-1)!.cost;
  };

  it("is by the first price that fits the model's id, each token counted once", async () => {
    const price = { input: 1, output: 4, cached: 0.1, written: 1.25 };
    expect(await costOf({ "amazon.nova-pro-*": price })).toBeCloseTo((1000 + 2000 + 300 + 2500) / 1e6, 12);
    expect(await costOf({ "us.amazon.*": { input: 0 }, "amazon.*": price })).toBe(0);
    expect(await costOf({ "*": { input: 1 } })).toBeCloseTo(6000 / 1e6, 12);
  });

  it("is not known without a price", async () => {
    expect(await costOf({ "anthropic.*": { input: 1 } })).toBeUndefined();
  });
});

describe("what passes through in AWS's own words", () => {
  const messages = [{ role: "user", content: [{ text: "Hi" }] }];
  const passing = (tail: string, body: object = { messages }, model = "fast"): Promise<Response> =>
    counting({ passThrough: true, models: { fast: NOVA } })(post(`/bedrock/model/${model}/${tail}`, body));

  it.each(["converse", "converse-stream", "invoke"])("%s is told of when it is over", async (tail) => {
    const response = await passing(
      tail,
      tail === "invoke" ? { messages, schemaVersion: "messages-v1" } : undefined,
    );
    expect(response.status).toBe(200);
    await response.arrayBuffer();
    expect(told).toMatchObject([
      {
        operation: "pass_through",
        route: "/bedrock/",
        asked: "fast",
        target: { model: NOVA, region: "us-east-1", surface: "runtime" },
        stream: tail.endsWith("stream"),
        status: 200,
        tokens: { input: expect.any(Number), output: expect.any(Number) },
      },
    ]);
  });

  it("is told of where AWS refuses it", async () => {
    const response = await passing("converse", { messages: [] });
    await response.arrayBuffer();
    expect(told).toMatchObject([{ status: 400, error: "400", tokens: undefined }]);
  });
});
