import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/conversation/types.ts";
import { type ChatCompletion, type ChatCompletionChunk, completeChat, streamChat } from "../../src/index.ts";
import type { AnswerReply } from "../../src/testing/index.ts";
import { CLAUDE, type House, LLAMA, NEW_CLAUDE, NOVA, openHouse } from "../support/bedrock.ts";
import { PNG } from "../support/clients.ts";
import { redacted, thought, use } from "../support/conversations.ts";
import { GPT, GPT_OSS, weather } from "../support/native.ts";
import { chatRequest } from "../support/requests.ts";
import { chunksOf } from "../support/sse.ts";

/** Who asks in process is told what the handler tells everybody else. */

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const messages = [{ role: "user", content: "Hello" }];
const asked = (body: JsonObject) => ({ model: CLAUDE, messages, ...body });

/** An answer without what is new in every one: its id, its time, and the ids of calls that we name ourselves. */
const settled = <T>(answer: T): T =>
  JSON.parse(
    JSON.stringify(answer, (name, value: unknown) => (name === "created" ? 0 : value)),
    (name, value: unknown) =>
      name === "id" && typeof value === "string" && /^(chatcmpl-|call_[0-9a-f]{32})/.test(value)
        ? "an id"
        : value,
  ) as T;

/** JSON as it is: nothing in an answer is undefined, a date, or a class of its own. */
const isJson = (value: unknown): void => expect(JSON.parse(JSON.stringify(value))).toStrictEqual(value);

async function wholeByHttp(body: JsonObject, handler = house.handler): Promise<ChatCompletion> {
  const response = await handler(chatRequest(asked(body)));
  if (response.status !== 200) throw new Error(await response.text());
  return (await response.json()) as ChatCompletion;
}

async function streamByHttp(body: JsonObject, handler = house.handler): Promise<unknown[]> {
  const { chunks, done } = chunksOf(
    await (await handler(chatRequest(asked({ ...body, stream: true })))).text(),
  );
  expect(done).toBe(true);
  return chunks;
}

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  for await (const value of values) read.push(value);
  return read;
}

const fn = (name: string) => ({ type: "function", function: { name, parameters: { type: "object" } } });
const json = {
  type: "json_schema",
  json_schema: {
    name: "ans",
    schema: { type: "object", properties: {}, additionalProperties: { type: "string" } },
  },
};
const signed = thought("hm", "c2ln");
const image = [
  { type: "text", text: "What is it?" },
  { type: "image_url", image_url: { url: `data:image/png;base64,${PNG}` } },
];

const REQUESTS: [danger: string, body: JsonObject, ...replies: AnswerReply[]][] = [
  ["text", {}],
  ["usage asked for", { stream_options: { include_usage: true } }],
  [
    "calls side by side",
    { tools: [fn("f"), fn("a.b c")] },
    { content: [{ text: "x" }, use("t1", "f", { a: "1" }), use("t2", "a_b_c")] },
  ],
  [
    "a custom tool",
    { tools: [{ type: "custom", custom: { name: "c" } }] },
    { content: [use("t1", "c", { input: "x\ny" })] },
  ],
  ["functions of old", { functions: [fn("f").function] }, { content: [use("t1", "f", { a: "1" })] }],
  ["structured output", { model: NOVA, response_format: json }, { content: [use("t1", "ans", { a: "1" })] }],
  [
    "structured output in words",
    { model: NEW_CLAUDE, response_format: json },
    { content: [{ text: '```json\n{"a":"1"}\n```' }] },
  ],
  [
    "reasoning",
    { tools: [fn("f")], reasoning_effort: "low" },
    { content: [signed, redacted("cmVk"), { text: "x" }, use("t1", "f")] },
  ],
  [
    "reasoning that is not wanted",
    { reasoning: { effort: "low", exclude: true } },
    { content: [signed, { text: "x" }] },
  ],
  [
    "two choices",
    { n: 2, stream_options: { include_usage: true } },
    { content: [{ text: "a" }] },
    { content: [{ text: "a" }] },
  ],
  ["a stop sequence", { stop: ["two"] }],
  [
    "a stop sequence that the model does not know",
    { model: LLAMA, stop: ["two"] },
    { content: [{ text: "one two three" }] },
  ],
  ["an image", { messages: [{ role: "user", content: image }] }],
  ["parameters in extra_body", { extra_body: { top_k: 5 }, metadata: { a: "b" } }],
  [
    "Bedrock's own words",
    { guardrailConfig: { guardrailIdentifier: "abc", guardrailVersion: "1", trace: "enabled" } },
    { content: [{ text: "no" }], stopReason: "guardrail_intervened", trace: { guardrail: { a: 1 } } },
  ],
  [
    "a model that does not stream calls",
    { model: LLAMA, tools: [fn("f")] },
    { content: [use("t1", "f", { a: "1" })] },
  ],
  ["an invoke-only model", { model: "amazon.titan-text-express-v1" }],
  ["a model that streams nothing", { model: "ai21.j2-ultra-v1" }],
  ["AWS's own endpoint", { model: GPT }],
  ["AWS's own endpoint, usage asked for", { model: GPT, stream_options: { include_usage: true } }],
  ["calls by AWS's own endpoint", { model: GPT, tools: [weather] }],
  ["thoughts told aloud by AWS's own endpoint", { model: GPT_OSS, reasoning_effort: "high" }],
];

describe("an answer in process is the answer over HTTP", () => {
  it.each(REQUESTS)("whole: %s", async (_, body, ...replies) => {
    house.bedrock.enqueue(...replies);
    const told = await wholeByHttp(body);
    house.bedrock.enqueue(...replies);
    const { value } = await completeChat(asked(body), house.handler);
    isJson(value);
    expect(settled(value)).toStrictEqual(settled(told));
    const [byHttp, inProcess] = sentIn(2);
    expect(inProcess).toEqual(byHttp);
  });

  it.each(REQUESTS)("streamed: %s", async (_, body, ...replies) => {
    house.bedrock.enqueue(...replies);
    const told = await streamByHttp(body);
    house.bedrock.enqueue(...replies);
    const { value } = await streamChat(asked(body), house.handler);
    const chunks = await all(value);
    isJson(chunks);
    expect(inOrder(settled(chunks))).toStrictEqual(inOrder(settled(told as ChatCompletionChunk[])));
    const [byHttp, inProcess] = sentIn(2);
    expect(inProcess).toEqual(byHttp);
  });
});

/** What AWS got, in as many parts. */
function sentIn(parts: number): object[][] {
  const sent = house.bedrock.requests.map(({ path, body }) => ({ path, body: body as object }));
  const size = sent.length / parts;
  return Array.from({ length: parts }, (_, index) => sent.slice(index * size, (index + 1) * size));
}

/** Choices that run side by side are told as they come: of each the order counts. */
const inOrder = (chunks: ChatCompletionChunk[]): ChatCompletionChunk[] =>
  chunks.toSorted((a, b) => (a.choices[0]?.index ?? 9) - (b.choices[0]?.index ?? 9));

describe("what is known of a call beside its answer", () => {
  it("is its ids and what was adjusted, whole and streamed", async () => {
    const notes = [{ param: "logit_bias", action: "dropped", reason: expect.any(String) }];
    const body = asked({ logit_bias: { 1: 1 } });
    for (const ask of [completeChat, streamChat]) {
      const { requestId, awsRequestId, adjustments } = await ask(body, house.handler);
      expect(requestId).toMatch(/^req_[0-9a-f]{32}$/);
      expect(awsRequestId).toMatch(/^0000/);
      expect(adjustments).toEqual(notes);
    }
  });

  it("holds what AWS's refusal taught on the way", async () => {
    house.bedrock.enqueue({
      error: { name: "ValidationException", message: "This model doesn't support the temperature field." },
    });
    const handler = house.withOptions({});
    const { adjustments } = await streamChat(asked({ temperature: 0.5 }), handler);
    expect(adjustments).toMatchObject([{ param: "temperature", action: "dropped" }]);
    expect(house.bedrock.requests).toHaveLength(2);
  });
});

describe("the operator's options count", () => {
  it("aliases and defaults, but not whether it is streamed", async () => {
    const handler = house.withOptions({
      models: { smart: { model: CLAUDE, defaults: { temperature: 0.25, stream: true } } },
    });
    const { value } = await completeChat(asked({ model: "smart", temperature: undefined }), handler);
    expect(value).toMatchObject({ object: "chat.completion", model: CLAUDE });
    expect((await completeChat(asked({ model: "smart", stream: true }), handler)).value.choices).toHaveLength(
      1,
    );
    expect(
      await all((await streamChat(asked({ model: "smart", stream: false }), handler)).value),
    ).not.toEqual([]);
    for (const { body } of house.bedrock.requests)
      expect(body).toMatchObject({ inferenceConfig: { temperature: 0.25 } });
    expect(house.bedrock.requests.map(({ operation }) => operation)).toEqual([
      "Converse",
      "Converse",
      "ConverseStream",
    ]);
  });

  it("refusing what would be lost", async () => {
    const handler = house.withOptions({ unsupported: "reject" });
    const refused = completeChat(asked({ logit_bias: { 1: 1 } }), handler);
    await expect(refused).rejects.toMatchObject({ code: "unsupported_parameter", param: "logit_bias" });
    expect(house.bedrock.requests).toEqual([]);
  });
});

describe("files in messages", () => {
  it("of ten megabytes arrive as they are", async () => {
    const data = Buffer.alloc(10_000_000, "A long film. ").toString("base64");
    const content = [
      { type: "text", text: "Watch." },
      { type: "video_url", video_url: { url: `data:video/mp4;base64,${data}` } },
    ];
    await completeChat(asked({ model: NOVA, messages: [{ role: "user", content }] }), house.handler);
    const { messages: sent } = house.bedrock.requests[0]!.body as {
      messages: { content: { video?: { source: { bytes: string } } }[] }[];
    };
    const { video } = sent[0]!.content.find((block) => block.video)!;
    expect(video!.source.bytes === data).toBe(true);
  });
});
