import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault, Reply } from "../../src/testing/index.ts";
import { eventually, type House, openHouse } from "../support/bedrock.ts";
import { THROTTLED } from "../support/clients.ts";
import { assertSchema } from "../support/openai-schema.ts";
import { COHERE, embed, embeddingRequest, TITAN, TITAN_IMAGE } from "./embeddings-asked.ts";

/** Whatever goes wrong at AWS, the caller is told so, and never takes a part of an answer for the whole. */

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await eventually(() => house.bedrock.openRequests === 0);
  await house.bedrock.close();
});

const texts = (count: number): string[] => Array.from({ length: count }, (_, index) => `text ${index}`);

const STALLED: Reply = { fault: { kind: "stall", afterEvents: -1 } };

describe("a refusal by AWS keeps its status", () => {
  it.each([
    ["ValidationException", 400, "invalid_request_error"],
    ["AccessDeniedException", 403, "permission_error"],
    ["ResourceNotFoundException", 404, "invalid_request_error"],
    ["ModelTimeoutException", 408, "server_error"],
    ["ThrottlingException", 429, "rate_limit_error"],
    ["ServiceQuotaExceededException", 429, "insufficient_quota"],
    ["ModelErrorException", 500, "server_error"],
    ["InternalServerException", 500, "server_error"],
    ["ServiceUnavailableException", 503, "server_error"],
    ["ModelNotReadyException", 503, "server_error"],
    ["UnrecognizedClientException", 401, "authentication_error"],
    ["SomethingNewException", 500, "server_error"],
  ])("%s is %i", async (name, status, type) => {
    const message = "No: arn:aws:bedrock:us-east-1:123456789012:model/secret of 123456789012.";
    for (const input of ["x", texts(3)]) {
      house.bedrock.enqueue(...texts(3).map((): Reply => ({ error: { name, message, status } })));
      const { status: told, error } = await embed(house, { model: TITAN, input });
      assertSchema("ErrorResponse", { error });
      expect([told, error!.type]).toEqual([status, type]);
      expect(error!.message).not.toMatch(/123456789012|secret/);
      house.bedrock.reset();
    }
  });

  it("of what is too long is told of the input, and not of messages that nobody sent", async () => {
    const told = await embed(house, { model: TITAN, input: ["a", "word ".repeat(8_000)] });
    expect(told).toMatchObject({
      status: 400,
      error: { code: "context_length_exceeded", param: "input" },
    });
    expect(told.error!.message).toContain("maximum context length");
  });
});

describe("an answer that is damaged", () => {
  const float = [[0.5, 1]];

  it.each<[string, string, Reply]>([
    ["is none of JSON", TITAN, { bytes: [Buffer.from("<html>busy</html>")] }],
    ["is empty", TITAN, { bytes: [] }],
    ["is nothing", TITAN, { response: {} }],
    ["has one vector for two texts", COHERE, { response: { embeddings: { float } } }],
    ["has three", COHERE, { response: { embeddings: { float: [...float, ...float, ...float] } } }],
    ["has one that is empty", COHERE, { response: { embeddings: { float: [...float, []] } } }],
    ["has other types", COHERE, { response: { embeddings: { int8: [[1], [2]] } } }],
    [
      "has a message in the place of a vector",
      TITAN_IMAGE,
      { response: { embedding: null, message: "dark" } },
    ],
  ])("and %s is the server's fault: 502", async (_, model, reply) => {
    house.bedrock.enqueue(reply, reply);
    const { status, error } = await embed(house, { model, input: ["a", "b"] });
    expect([status, error!.type, error!.code]).toEqual([502, "server_error", "empty_response"]);
    expect(house.logged).toHaveLength(1);
  });

  it.each<Fault>([
    { kind: "truncate", afterEvents: 0 },
    { kind: "reset", afterEvents: 0 },
    { kind: "reset", afterEvents: -1 },
  ])("by $kind is a failure to be tried again, and never an answer", async (fault) => {
    house.bedrock.enqueue({ fault });
    const { status, error, headers } = await embed(house, { model: TITAN, input: "a" });
    expect(status).toBeGreaterThanOrEqual(500);
    expect(error!.type).toBe("server_error");
    expect(headers.get("x-should-retry")).not.toBe("false");
  });

  it("by a host that is not there is a 503", async () => {
    const options = { endpoint: "http://127.0.0.1:1" };
    const told = await embed(house, { model: TITAN, input: texts(20) }, { options });
    expect(told).toMatchObject({ status: 503, error: { code: "bedrock_unreachable" } });
  });

  it("by silence ends within the operator's bound", async () => {
    house.bedrock.enqueue(STALLED, { fault: { kind: "stall", afterEvents: 0 } });
    for (const timeouts of [{ firstByte: 50 }, { idle: 50 }]) {
      const { status, error } = await embed(
        house,
        { model: TITAN, input: "a" },
        { options: { timeouts: { firstByte: 1_000, idle: 1_000, ...timeouts } } },
      );
      expect([408, 504, 500, 502, 503]).toContain(status);
      expect(error!.type).toBe("server_error");
    }
  });
});

describe("the first failure of many calls", () => {
  it("is the answer, and the others are not made", async () => {
    const ok: Reply = { headersDelayMs: 30 };
    house.bedrock.enqueue(ok, ok, THROTTLED, ...texts(5).map(() => STALLED));
    const told = await embed(house, { model: TITAN, input: texts(50) });
    expect(told).toMatchObject({ status: 429, error: { code: "rate_limit_exceeded" } });
    expect(told.headers.get("retry-after")).toBeTruthy();
    expect(house.bedrock.requests.length).toBeLessThan(20);
    await eventually(() => house.bedrock.openRequests === 0);
    const made = house.bedrock.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(house.bedrock.requests).toHaveLength(made);
    expect(house.logged).toEqual([]);
  });

  it("stops those that are under way", async () => {
    house.bedrock.enqueue(...texts(7).map(() => STALLED), { ...THROTTLED, headersDelayMs: 50 });
    expect(await embed(house, { model: TITAN, input: texts(50) })).toMatchObject({ status: 429 });
    await eventually(() => house.bedrock.requests.filter(({ aborted }) => aborted).length === 7);
    expect(house.bedrock.requests).toHaveLength(8);
  });
});

describe("an answer without its vector", () => {
  it("stops the other calls as a refusal does", async () => {
    house.bedrock.enqueue({ response: {} });
    const { status } = await embed(house, { model: TITAN, input: texts(500) });
    expect(status).toBe(502);
    await eventually(() => house.bedrock.openRequests === 0);
    expect(house.bedrock.requests.length).toBeLessThan(50);
  });
});

describe("a name that is none of Bedrock's", () => {
  it("is a 404 that tells how to lead it somewhere", async () => {
    const { status, error } = await embed(house, { model: "text-embedding-3-small", input: "x" });
    expect([status, error!.code, error!.param]).toEqual([404, "model_not_found", "model"]);
    expect(error!.message).toContain("the option `models`");
  });
});

describe("a caller who leaves", () => {
  it("stops all calls, and nothing more is sent", async () => {
    house.bedrock.enqueue(...texts(50).map(() => STALLED));
    const controller = new AbortController();
    const request = embeddingRequest({ model: TITAN, input: texts(50) }, { signal: controller.signal });
    const answering = house.handler(request);
    await eventually(() => house.bedrock.openRequests === 8);
    controller.abort();
    await answering;
    await eventually(() => house.bedrock.requests.every(({ aborted }) => aborted));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(house.bedrock.requests).toHaveLength(8);
    expect(house.logged).toEqual([]);
  });

  it("before he came sends nothing", async () => {
    const signal = AbortSignal.abort();
    await house.handler(embeddingRequest({ model: TITAN, input: texts(50) }, { signal }));
    expect(house.bedrock.requests).toEqual([]);
    expect(house.logged).toEqual([]);
  });
});
