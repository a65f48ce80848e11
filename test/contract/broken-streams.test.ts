import OpenAI from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { EMULATOR_CREDENTIALS, type Fault } from "../../src/testing/index.ts";
import { CLAUDE, eventually, type House, openHouse } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";
import { chunksOf } from "../support/sse.ts";
import { createBedrockFetch } from "../../integrations/openai.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await eventually(() => house.bedrock.openRequests === 0);
  await house.bedrock.close();
});

const answer = { content: [{ text: "one two three four five six" }] };

/** Faults after two deltas have arrived. */
const MID_STREAM: [string, Fault, { code: string | null; type: string }][] = [
  [
    "a throttling exception",
    { kind: "exception", afterEvents: 3, type: "throttlingException", message: "slow" },
    { code: "rate_limit_exceeded", type: "rate_limit_error" },
  ],
  [
    "a model stream error",
    { kind: "exception", afterEvents: 3, type: "modelStreamErrorException", message: "oops" },
    { code: "model_stream_error", type: "server_error" },
  ],
  [
    "an internal server exception",
    { kind: "exception", afterEvents: 3, type: "internalServerException", message: "oops" },
    { code: null, type: "server_error" },
  ],
  [
    "a service unavailable exception",
    { kind: "exception", afterEvents: 3, type: "serviceUnavailableException", message: "busy" },
    { code: "service_unavailable", type: "server_error" },
  ],
  [
    "a validation exception",
    { kind: "exception", afterEvents: 3, type: "validationException", message: "bad" },
    { code: null, type: "invalid_request_error" },
  ],
  [
    "an unmodelled error frame",
    { kind: "error-frame", afterEvents: 3, code: "SomethingNew", message: "?" },
    { code: "stream_interrupted", type: "server_error" },
  ],
  [
    "a frame cut short",
    { kind: "truncate", afterEvents: 3 },
    { code: "stream_interrupted", type: "server_error" },
  ],
  [
    "an end without messageStop",
    { kind: "end", afterEvents: 3 },
    { code: "stream_interrupted", type: "server_error" },
  ],
  [
    "a wrong checksum",
    { kind: "bad-crc", afterEvents: 3 },
    { code: "stream_interrupted", type: "server_error" },
  ],
  [
    "a wrong prelude",
    { kind: "bad-prelude", afterEvents: 3 },
    { code: "stream_interrupted", type: "server_error" },
  ],
  [
    "a giant frame",
    { kind: "oversize", afterEvents: 3 },
    { code: "stream_interrupted", type: "server_error" },
  ],
];

describe("a stream that breaks after it began", () => {
  it.each(MID_STREAM)(
    "%s: what came is kept, then an error frame, never [DONE]",
    async (_, fault, expected) => {
      house.bedrock.enqueue({ ...answer, fault });
      const response = await house.handler(chatRequest({ model: CLAUDE, stream: true }));
      expect(response.status).toBe(200);
      const { chunks, done } = chunksOf(await response.text());
      expect(done).toBe(false);
      expect(chunks.at(-1)!.error).toMatchObject({ ...expected, param: null });
      expect(chunks.some((chunk) => chunk.choices?.[0]?.finish_reason)).toBe(false);
      expect(chunks.some((chunk) => chunk.choices?.[0]?.delta.content)).toBe(true);
      expect(house.logged).toHaveLength(1);
    },
  );

  it("a lost connection too", async () => {
    house.bedrock.enqueue({ ...answer, delayMs: 5, fault: { kind: "reset", afterEvents: 3 } });
    const response = await house.handler(chatRequest({ model: CLAUDE, stream: true }));
    const { chunks, done } = chunksOf(await response.text());
    expect(done).toBe(false);
    expect(chunks.at(-1)!.error).toMatchObject({ code: "stream_interrupted" });
  });

  it("a silence too, after the idle timeout, and the AWS request is closed", async () => {
    house.bedrock.enqueue({ ...answer, fault: { kind: "stall", afterEvents: 3 } });
    const handler = house.withOptions({ timeouts: { idle: 100 } });
    const response = await handler(chatRequest({ model: CLAUDE, stream: true }));
    const { chunks } = chunksOf(await response.text());
    expect(chunks.at(-1)!.error).toMatchObject({ code: "timeout" });
    await eventually(() => house.bedrock.requests[0]!.aborted);
  });

  it("reaches the openai client as an APIError with a code, not as a shorter answer", async () => {
    house.bedrock.enqueue({ ...answer, fault: { kind: "truncate", afterEvents: 3 } });
    const client = new OpenAI({
      apiKey: "x",
      baseURL: "http://bedrock/v1",
      fetch: createBedrockFetch(house.handler),
    });
    const stream = await client.chat.completions.create({
      model: CLAUDE,
      messages: [{ role: "user", content: "Hi" }],
      stream: true,
    });
    const reading = (async () => {
      for await (const _ of stream) continue;
    })();
    await expect(reading).rejects.toMatchObject({ code: "stream_interrupted", type: "server_error" });
    await expect(reading).rejects.toBeInstanceOf(OpenAI.APIError);
  });
});

describe("a refusal before the first event", () => {
  it.each<[string, string, number, string | null]>([
    ["ThrottlingException", "slow", 429, "rate_limit_exceeded"],
    ["ServiceQuotaExceededException", "quota", 429, "insufficient_quota"],
    ["AccessDeniedException", "arn:aws:iam::123456789012:role/x may not", 403, "model_not_available"],
    ["ResourceNotFoundException", "gone", 404, "model_not_found"],
    ["ValidationException", "Input is too long for requested model.", 400, "context_length_exceeded"],
    ["ValidationException", "something else", 400, null],
    ["ModelTimeoutException", "late", 408, "timeout"],
    ["ModelNotReadyException", "cold", 503, "model_not_ready"],
    ["ModelErrorException", "oops", 500, "model_error"],
    ["InternalServerException", "oops", 500, null],
    ["ServiceUnavailableException", "busy", 503, "service_unavailable"],
    ["ExpiredTokenException", "expired", 401, "aws_credentials_error"],
  ])("%s (%s) is a %i, streamed or not", async (name, message, status, code) => {
    for (const stream of [false, true]) {
      house.bedrock.enqueue({ error: { name, message } });
      const response = await house.handler(chatRequest({ model: CLAUDE, stream }));
      expect(response.status).toBe(status);
      const { error } = (await response.json()) as { error: { code: string | null; message: string } };
      expect(error.code).toBe(code);
      expect(error.message).not.toMatch(/123456789012|arn:/);
      expect(response.headers.get("x-should-retry")).toBe(
        String([408, 500, 503].includes(status) || code === "rate_limit_exceeded"),
      );
    }
  });

  it("as the first frame of a 200 is still a real HTTP status", async () => {
    const fault: Fault = {
      kind: "exception",
      afterEvents: 0,
      type: "serviceUnavailableException",
      message: "busy",
    };
    house.bedrock.enqueue({ ...answer, fault });
    const response = await house.handler(chatRequest({ model: CLAUDE, stream: true }));
    expect(response.status).toBe(503);
  });

  it.each<[string, number]>([
    ["reset", 503],
    ["stall", 504],
  ])("a %s before any header is a %i", async (kind, status) => {
    house.bedrock.enqueue({ ...answer, fault: { kind, afterEvents: -1 } as Fault });
    const handler = house.withOptions({ timeouts: { firstByte: 100 } });
    const response = await handler(chatRequest({ model: CLAUDE, stream: true }));
    expect(response.status).toBe(status);
  });

  it("a Bedrock that is not there is a 503 that says so", async () => {
    const handler = house.withOptions({ endpoint: "http://127.0.0.1:9" });
    const response = await handler(chatRequest({ model: CLAUDE }));
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: "bedrock_unreachable" } });
  });

  it("missing credentials and region are told apart from the caller's own mistakes", async () => {
    const without = house.withOptions({
      credentials: async () => {
        throw Object.assign(new Error("Could not load credentials from any providers"), {
          name: "CredentialsProviderError",
        });
      },
    });
    const response = await without(chatRequest({ model: CLAUDE }));
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: "aws_credentials_missing" } });
    expect(house.logged).toEqual([expect.stringContaining("found no AWS credentials")]);
  });

  it("credentials that are never found are a timeout", async () => {
    const searching = house.withOptions({
      credentials: () => new Promise(() => undefined),
      timeouts: { firstByte: 50 },
    });
    expect((await searching(chatRequest({ model: CLAUDE }))).status).toBe(504);
  });

  it("a middleware that fails after AWS began to answer leaves nothing open", async () => {
    const { BedrockRuntimeClient } = await import("@aws-sdk/client-bedrock-runtime");
    const client = new BedrockRuntimeClient({
      endpoint: house.bedrock.url,
      region: "us-east-1",
      credentials: EMULATOR_CREDENTIALS,
      requestHandler: new NodeHttpHandler(),
    });
    client.middlewareStack.add(
      (next) => async (args) => {
        await next(args);
        throw new Error("mine");
      },
      { step: "initialize" },
    );
    house.bedrock.enqueue({ content: [{ text: "word ".repeat(500) }], delayMs: 20 });
    const response = await house.withOptions({ client })(chatRequest({ model: CLAUDE, stream: true }));
    expect(response.status).toBe(500);
    await eventually(() => house.bedrock.openRequests === 0);
  });

  it("the longest of timeouts is long, not none", async () => {
    const patient = house.withOptions({ timeouts: { firstByte: Number.MAX_SAFE_INTEGER, idle: 1e15 } });
    expect((await patient(chatRequest({ model: CLAUDE }))).status).toBe(200);
  });

  it("the SDK's own HTTP/2 handler does not make an idle timeout look like an answer", async () => {
    const { BedrockRuntimeClient } = await import("@aws-sdk/client-bedrock-runtime");
    const client = new BedrockRuntimeClient({
      endpoint: house.bedrock.url,
      region: "us-east-1",
      credentials: EMULATOR_CREDENTIALS,
    });
    house.bedrock.enqueue({ ...answer, fault: { kind: "stall", afterEvents: 3 } });
    const handler = house.withOptions({ client, timeouts: { idle: 100 } });
    const { chunks } = chunksOf(await (await handler(chatRequest({ model: CLAUDE, stream: true }))).text());
    expect(chunks.at(-1)!.error).toMatchObject({ code: "timeout" });
    client.destroy();
  });
});

describe("a slow model", () => {
  it("has its headers sent after the grace, before it has said anything", async () => {
    house.bedrock.enqueue({ ...answer, firstEventDelayMs: 6_000 });
    const response = await house.handler(chatRequest({ model: CLAUDE, stream: true }));
    expect(response.status).toBe(200);
    expect(house.bedrock.openRequests).toBe(1);
    expect(chunksOf(await response.text()).done).toBe(true);
  });
});
