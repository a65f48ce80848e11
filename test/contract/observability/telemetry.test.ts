import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { streamChat } from "../../../src/index.ts";
import type { BedrockOpenAIHandler, BedrockOpenAIOptions } from "../../../src/index.ts";
import { CLAUDE, eventually, type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { SLOW, TWO_CALLS } from "../../support/clients.ts";
import { GPT } from "../../support/native.ts";
import { chatRequest } from "../../support/requests.ts";
import { chunksOf } from "../../support/sse.ts";
import { startTelemetry, type Telemetry } from "../../support/telemetry.ts";

let house: House;
let telemetry: Telemetry;
beforeEach(async () => {
  telemetry = startTelemetry();
  house = await openHouse();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await house.bedrock.close();
  await telemetry.stop();
});

const watched = (options: BedrockOpenAIOptions = {}): BedrockOpenAIHandler =>
  house.withOptions({ telemetry: true, ...options });

const usage = {
  inputTokens: 10,
  outputTokens: 4,
  totalTokens: 44,
  cacheReadInputTokens: 20,
  cacheWriteInputTokens: 10,
};

const post = (path: string, body: object): Request =>
  new Request(`http://localhost/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

describe("a span", () => {
  it("says by the conventions' names what was asked, what answered and what it took", async () => {
    house.bedrock.enqueue({ content: [{ text: "Hi" }], usage });
    const handler = watched({ models: { mine: NOVA } });
    const asked = { model: "mine", max_tokens: 50, temperature: 0.5, top_p: 0.9, stop: "END", seed: 7, n: 1 };
    const response = await handler(chatRequest(asked));
    const [span] = telemetry.spans();
    expect(span).toMatchObject({ name: "chat mine", kind: SpanKind.CLIENT, status: { code: 0 } });
    expect(span!.attributes).toMatchObject({
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "aws.bedrock",
      "gen_ai.request.model": "mine",
      "gen_ai.request.max_tokens": 50,
      "gen_ai.request.temperature": 0.5,
      "gen_ai.request.top_p": 0.9,
      "gen_ai.request.seed": 7,
      "gen_ai.request.stop_sequences": ["END"],
      "gen_ai.response.model": NOVA,
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.usage.input_tokens": 40,
      "gen_ai.usage.output_tokens": 4,
      "gen_ai.usage.cache_read.input_tokens": 20,
      "gen_ai.usage.cache_creation.input_tokens": 10,
      "aws.request_id": response.headers.get("x-amzn-requestid"),
      "bedrock_openai.request_id": response.headers.get("x-request-id"),
      "bedrock_openai.region": "us-east-1",
    });
    expect(span!.attributes).not.toHaveProperty("gen_ai.request.stream");
    expect(span!.attributes).not.toHaveProperty("gen_ai.request.choice.count");
    expect(span!.attributes).not.toHaveProperty("error.type");
  });

  it.each([NOVA, GPT])("of a stream ends with its last byte and knows the first (%s)", async (model) => {
    const body = (await watched()(chatRequest({ model, stream: true, n: 1 }))).body!;
    expect(telemetry.spans()).toEqual([]);
    for await (const _ of body);
    const [span, ...others] = telemetry.spans();
    expect(others).toEqual([]);
    expect(span!.attributes).toMatchObject({
      "gen_ai.request.stream": true,
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.response.time_to_first_chunk": expect.any(Number),
      "gen_ai.usage.output_tokens": expect.any(Number),
    });
  });

  it.each([
    [NOVA, false],
    [NOVA, true],
    [GPT, false],
    [GPT, true],
  ])("names the answer as its caller knows it (%s, stream: %s)", async (model, stream) => {
    const text = await (await watched()(chatRequest({ model, stream }))).text();
    const { id } = (stream ? chunksOf(text).chunks[0]! : JSON.parse(text)) as { id: string };
    expect(telemetry.spans()[0]!.attributes["gen_ai.response.id"]).toBe(id);
  });

  it("belongs to the app's own span, and AWS's to it", async () => {
    const inner: string[] = [];
    const handler = watched({
      credentials: async () => {
        inner.push(trace.getActiveSpan()!.spanContext().spanId);
        return {
          accessKeyId: "AKIAIOSFODNN7EXAMPLE",
          secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        };
      },
    });
    const outer = await trace.getTracer("app").startActiveSpan("app", async (span) => {
      await handler(chatRequest({ model: NOVA }));
      span.end();
      return span.spanContext();
    });
    const span = telemetry.spans().find(({ name }) => name === `chat ${NOVA}`)!;
    expect(span.parentSpanContext).toMatchObject({ spanId: outer.spanId, traceId: outer.traceId });
    expect(inner).toEqual([span.spanContext().spanId]);
  });

  it("does not take those of calls at the same time for its own", async () => {
    const handler = watched();
    const roots = await Promise.all(
      [NOVA, CLAUDE, NOVA].map((model) =>
        trace.getTracer("app").startActiveSpan("app", async (span) => {
          await handler(chatRequest({ model }));
          span.end();
          return [span.spanContext().spanId, `chat ${model}`];
        }),
      ),
    );
    const calls = telemetry.spans().filter(({ kind }) => kind === SpanKind.CLIENT);
    const parents = calls.map(({ parentSpanContext, name }) => [parentSpanContext!.spanId, name]);
    expect(parents.toSorted()).toEqual(roots.toSorted());
  });

  it("of a failure has its code and the status of an error", async () => {
    house.bedrock.enqueue({ error: { name: "ThrottlingException", message: "slow" } });
    expect((await watched()(chatRequest({ model: NOVA }))).status).toBe(429);
    const [span] = telemetry.spans();
    expect(span!.status.code).toBe(SpanStatusCode.ERROR);
    expect(span!.attributes["error.type"]).toBe("rate_limit_exceeded");
  });

  it("of a stream that breaks off has its error, whatever its status line said", async () => {
    house.bedrock.enqueue({ content: [{ text: "one two" }], fault: { kind: "reset", afterEvents: 3 } });
    const response = await watched()(chatRequest({ model: NOVA, stream: true }));
    expect(response.status).toBe(200);
    await response.text();
    const [span] = telemetry.spans();
    expect(span!.status.code).toBe(SpanStatusCode.ERROR);
    expect(span!.attributes["error.type"]).toEqual(expect.any(String));
  });

  it("of a caller who left is closed, in process too", async () => {
    house.bedrock.enqueue(SLOW, SLOW);
    const handler = watched();
    const reader = (await handler(chatRequest({ model: NOVA, stream: true }))).body!.getReader();
    await reader.read();
    await reader.cancel();
    const { value } = await streamChat({ model: NOVA, messages: [{ role: "user", content: "Hi" }] }, handler);
    for await (const _ of value) break;
    await eventually(() => telemetry.spans().length === 2);
    const errors = telemetry.spans().map(({ attributes }) => attributes["error.type"]);
    expect(errors).toEqual(["client_closed", "client_closed"]);
  });

  it("is not of what asks nothing of a model", async () => {
    const handler = watched({ apiKeys: ["sk-1"] });
    await handler(chatRequest({ model: NOVA }));
    await watched()(chatRequest({ model: NOVA, messages: "none" }));
    await watched()(new Request("http://localhost/v1/models"));
    await watched()(new Request("http://localhost/health"));
    expect(telemetry.spans()).toEqual([]);
  });

  it.each([
    ["/completions", { model: NOVA, prompt: "Hi" }, "text_completion", {}],
    [
      "/embeddings",
      { model: "amazon.titan-embed-text-v2:0", input: "Hi", dimensions: 256, encoding_format: "float" },
      "embeddings",
      { "gen_ai.embeddings.dimension.count": 256, "gen_ai.request.encoding_formats": ["float"] },
    ],
    ["/rerank", { model: "cohere.rerank-v3-5:0", query: "Hi", documents: ["a", "b"] }, "rerank", {}],
    [
      "/images/generations",
      { model: "amazon.nova-canvas-v1:0", prompt: "A cat", size: "512x512" },
      "image_generation",
      { "gen_ai.output.type": "image" },
    ],
  ])("%s is an operation of its own", async (path, body, operation, attributes) => {
    const response = await watched()(post(path, body));
    expect(response.status).toBe(200);
    await response.arrayBuffer();
    const [span] = telemetry.spans();
    expect(span!.name).toBe(`${operation} ${body.model}`);
    expect(span!.attributes).toMatchObject({ "gen_ai.response.model": body.model, ...attributes });
  });
});

describe("what was said", () => {
  const question = { model: NOVA, messages: [{ role: "user", content: "a secret of mine" }] };
  const asked = (attributes: object): unknown =>
    JSON.parse((attributes as Record<string, string>)["gen_ai.input.messages"]!);
  const told = (attributes: object): unknown =>
    JSON.parse((attributes as Record<string, string>)["gen_ai.output.messages"]!);

  it.each([false, true])("is in no span unless it is asked for (stream: %s)", async (stream) => {
    house.bedrock.enqueue({ content: [{ text: "a secret of theirs" }] });
    await (await watched()(chatRequest({ ...question, stream }))).text();
    expect(JSON.stringify(telemetry.spans()[0]!.attributes)).not.toContain("secret");
  });

  it.each([
    [NOVA, false],
    [NOVA, true],
    [GPT, false],
    [GPT, true],
  ])("is in the span where it is (%s, stream: %s)", async (model, stream) => {
    house.bedrock.enqueue({ content: [{ text: "one two three" }] });
    const handler = watched({ telemetry: { captureContent: true } });
    await (await handler(chatRequest({ ...question, model, stream }))).text();
    const { attributes } = telemetry.spans()[0]!;
    expect(asked(attributes)).toEqual([
      { role: "user", parts: [{ type: "text", content: "a secret of mine" }] },
    ]);
    expect(told(attributes)).toEqual([
      { role: "assistant", parts: [{ type: "text", content: "one two three" }], finish_reason: "stop" },
    ]);
  });

  it.each([
    [NOVA, false],
    [NOVA, true],
    [GPT, true],
  ])("has its calls, and the results that were sent (%s, stream: %s)", async (model, stream) => {
    house.bedrock.enqueue(TWO_CALLS);
    const handler = watched({ telemetry: { captureContent: true } });
    const tools = ["get_weather", "get_time"].map((name) => ({ type: "function", function: { name } }));
    const call = { id: "call_1", type: "function", function: { name: "get_time", arguments: "{}" } };
    const messages = [
      { role: "user", content: "When?" },
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: "call_1", content: "noon" },
    ];
    await (await handler(chatRequest({ model, stream, messages, tools }))).text();
    const { attributes } = telemetry.spans()[0]!;
    expect(asked(attributes)).toMatchObject([
      { role: "user" },
      { role: "assistant", parts: [{ type: "tool_call", id: "call_1", name: "get_time", arguments: "{}" }] },
      { role: "tool", parts: [{ type: "tool_call_response", id: "call_1", response: "noon" }] },
    ]);
    expect(told(attributes)).toMatchObject([
      {
        parts: [
          { type: "text", content: "Let me look." },
          { type: "tool_call", name: "get_weather" },
          { type: "tool_call", name: "get_time" },
        ],
        finish_reason: "tool_call",
      },
    ]);
  });

  it("is asked for by the variable of other instrumentations too, and an option goes before it", async () => {
    vi.stubEnv("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true");
    await watched()(chatRequest(question));
    await watched({ telemetry: { captureContent: false } })(chatRequest(question));
    expect(telemetry.spans().map(({ attributes }) => "gen_ai.input.messages" in attributes)).toEqual([
      true,
      false,
    ]);
  });

  it("holds no file, however it was sent", async () => {
    const handler = watched({ telemetry: { captureContent: true } });
    const url = `data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==`;
    const content = [
      { type: "text", text: "What is it?" },
      { type: "image_url", image_url: { url } },
    ];
    await handler(chatRequest({ model: NOVA, messages: [{ role: "user", content }] }));
    expect(asked(telemetry.spans()[0]!.attributes)).toEqual([
      { role: "user", parts: [{ type: "text", content: "What is it?" }, { type: "image_url" }] },
    ]);
  });
});

describe("metrics", () => {
  const of = { "gen_ai.operation.name": "chat", "gen_ai.provider.name": "aws.bedrock" };

  it("count tokens by kind, and time by the conventions' bounds", async () => {
    house.bedrock.enqueue({ content: [{ text: "Hi" }], usage });
    await (await watched()(chatRequest({ model: NOVA, stream: true }))).text();
    const names = { ...of, "gen_ai.request.model": NOVA, "gen_ai.response.model": NOVA };
    const tokens = await telemetry.points("gen_ai.client.token.usage");
    expect(tokens.map(({ attributes, value, unit }) => [attributes, value.sum, unit])).toEqual([
      [{ ...names, "gen_ai.token.type": "input" }, 40, "{token}"],
      [{ ...names, "gen_ai.token.type": "output" }, 4, "{token}"],
    ]);
    expect(tokens[0]!.value.buckets.boundaries).toEqual([
      1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864,
    ]);
    for (const name of ["duration", "time_to_first_chunk"]) {
      const [point] = await telemetry.points(`gen_ai.client.operation.${name}`);
      expect(point).toMatchObject({ attributes: names, unit: "s", value: { count: 1 } });
      expect(point!.value.buckets.boundaries).toEqual([
        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
      ]);
    }
  });

  it("tell failures apart, and time no first chunk of what is not streamed", async () => {
    house.bedrock.enqueue({ error: { name: "ThrottlingException", message: "slow" } });
    const handler = watched();
    await handler(chatRequest({ model: NOVA }));
    await handler(chatRequest({ model: NOVA }));
    const errors = (await telemetry.points("gen_ai.client.operation.duration")).map(
      ({ attributes }) => attributes["error.type"],
    );
    expect(errors).toEqual(["rate_limit_exceeded", undefined]);
    expect(await telemetry.points("gen_ai.client.operation.time_to_first_chunk")).toEqual([]);
  });

  it("are not multiplied by names that callers make up", async () => {
    const handler = watched();
    for (const model of ["no such one", "made-up.one-v1:0", "../../x"]) await handler(chatRequest({ model }));
    const points = await telemetry.points("gen_ai.client.operation.duration");
    expect(points.map(({ attributes }) => attributes)).toEqual([{ ...of, "error.type": "model_not_found" }]);
  });
});

describe("what is off", () => {
  it("tells nothing", async () => {
    await house.handler(chatRequest({ model: NOVA }));
    expect(telemetry.spans()).toEqual([]);
    expect(await telemetry.points("gen_ai.client.operation.duration")).toEqual([]);
  });
});
