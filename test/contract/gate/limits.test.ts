import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { BedrockOpenAIHandler, CallerLimits } from "../../../src/index.ts";
import { CLAUDE, eventually, type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { chat, errorOf, everyone, get, post } from "./asking.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.reset());
afterAll(() => house.bedrock.close());

const limited = (limits: CallerLimits) =>
  house.withOptions({ authorize: everyone({ id: "ada", limits }), passThrough: true });

const LONG = { content: [{ text: "one two three four five six seven eight" }], delayMs: 20 };
const BODY = { messages: [{ role: "user", content: [{ text: "Hi" }] }] };

/** Whoever may be called but once at the same time, in both ways that a house is told so. */
const ONE_AT_A_TIME: [string, () => BedrockOpenAIHandler][] = [
  ["a caller's concurrency", () => limited({ concurrency: 1 })],
  ["maxConcurrency", () => house.withOptions({ maxConcurrency: 1, passThrough: true })],
];

describe.each(ONE_AT_A_TIME)("a place under %s", (_, open) => {
  it("is held by a stream until its last byte", async () => {
    const handler = open();
    house.bedrock.enqueue(LONG);
    const first = await chat(handler, { stream: true });
    const refused = await chat(handler);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(await errorOf(refused)).toEqual([429, "rate_limit_exceeded"]);
    expect(await first.text()).toContain("[DONE]");
    expect((await chat(handler)).status).toBe(200);
  });

  const WAYS: Record<string, (handler: BedrockOpenAIHandler) => Promise<unknown>> = {
    "an answer": async (handler) => (await chat(handler)).text(),
    "an answer that nobody reads": (handler) => chat(handler),
    "a bad request": (handler) => chat(handler, { messages: [] }),
    "a model that is not there": (handler) => chat(handler, { model: "nonsense" }),
    "a list of models": (handler) => get(handler, "/v1/models"),
    "an explanation": (handler) => chat(handler, {}, { "x-bedrock-explain": "1" }),
    "AWS's refusal": (handler) => {
      house.bedrock.enqueue({ error: { name: "ThrottlingException", message: "Slow down" } });
      return chat(handler);
    },
    "a stream that AWS refused": (handler) => {
      house.bedrock.enqueue({ error: { name: "ThrottlingException", message: "Slow down" } });
      return chat(handler, { stream: true });
    },
    "a stream that broke": async (handler) => {
      house.bedrock.enqueue({
        content: [{ text: "one two three" }],
        fault: { kind: "truncate", afterEvents: 3 },
      });
      return (await chat(handler, { stream: true })).text();
    },
    "a stream that was left unread": async (handler) => {
      house.bedrock.enqueue(LONG);
      await (await chat(handler, { stream: true })).body!.cancel();
    },
    "a stream that was left in the middle": async (handler) => {
      house.bedrock.enqueue(LONG);
      const reader = (await chat(handler, { stream: true })).body!.getReader();
      await reader.read();
      await reader.cancel();
    },
    "a caller who left before the answer": async (handler) => {
      house.bedrock.enqueue({ ...LONG, fault: { kind: "stall", afterEvents: -1 } });
      const controller = new AbortController();
      const asked = handler(
        new Request("http://x/v1/chat/completions", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ model: CLAUDE, messages: [{ role: "user", content: "Hi" }] }),
          signal: controller.signal,
        }),
      );
      await eventually(() => house.bedrock.openRequests > 0);
      controller.abort();
      return asked;
    },
    "AWS's own answer": async (handler) =>
      (await post(handler, `/bedrock/model/${NOVA}/converse`, BODY)).arrayBuffer(),
    "AWS's own stream": async (handler) =>
      (await post(handler, `/bedrock/model/${NOVA}/converse-stream`, BODY)).arrayBuffer(),
    "AWS's own stream that was left": async (handler) =>
      (await post(handler, `/bedrock/model/${NOVA}/converse-stream`, BODY)).body!.cancel(),
    "AWS's own refusal": async (handler) =>
      (await post(handler, `/bedrock/model/${NOVA}/converse`, { messages: [] })).arrayBuffer(),
    "a path that AWS has not": (handler) => post(handler, "/bedrock/nowhere", {}),
  };

  it.each(Object.keys(WAYS))("is given back after %s", async (way) => {
    const handler = open();
    for (let round = 0; round < 3; round += 1) {
      await WAYS[way]!(handler);
      house.bedrock.reset();
    }
    await eventually(() => house.bedrock.openRequests === 0);
    expect((await chat(handler)).status).toBe(200);
  });

  it("is held by AWS's own answers until their last byte", async () => {
    const handler = open();
    house.bedrock.enqueue(LONG);
    const first = await post(handler, `/bedrock/model/${NOVA}/converse-stream`, BODY);
    expect((await chat(handler)).status).toBe(429);
    await first.arrayBuffer();
    expect((await chat(handler)).status).toBe(200);
  });
});

describe("a full house", () => {
  it("says so before it reads a body, and lets health and preflights in", async () => {
    const handler = house.withOptions({ maxConcurrency: 1, cors: true });
    house.bedrock.enqueue(LONG);
    const first = await chat(handler, { stream: true });
    const body = new ReadableStream({
      pull() {
        throw new Error("read");
      },
    });
    const refused = await handler(
      new Request("http://x/v1/chat/completions", { method: "POST", body, duplex: "half" } as RequestInit),
    );
    expect([refused.status, refused.headers.get("x-should-retry")]).toEqual([429, "true"]);
    expect((await get(handler, "/health")).status).toBe(200);
    const asked = { origin: "https://a.example", "access-control-request-method": "POST" };
    const preflight = new Request("http://x/v1/chat/completions", { method: "OPTIONS", headers: asked });
    expect((await handler(preflight)).status).toBe(204);
    await first.body!.cancel();
  });

  it("is not filled by strangers", async () => {
    let letIn: (verdict: boolean) => void = () => undefined;
    const authorize = (request: Request): boolean | Promise<boolean> =>
      request.headers.has("x-slow") ? new Promise((resolve) => (letIn = resolve)) : true;
    const handler = house.withOptions({ maxConcurrency: 1, authorize });
    const stranger = chat(handler, {}, { "x-slow": "1" });
    expect((await chat(handler)).status).toBe(200);
    letIn(false);
    expect((await stranger).status).toBe(401);
  });
});

describe("tokens per minute", () => {
  const usage = { inputTokens: 600, outputTokens: 500, totalTokens: 1_100 };
  const remaining = (response: Response) => response.headers.get("x-ratelimit-remaining-tokens");

  it.each<[string, (handler: BedrockOpenAIHandler) => Promise<Response>]>([
    ["an answer", (handler) => chat(handler)],
    ["a stream", (handler) => chat(handler, { stream: true })],
    ["AWS's own answer", (handler) => post(handler, `/bedrock/model/${CLAUDE}/converse`, BODY)],
    ["AWS's own stream", (handler) => post(handler, `/bedrock/model/${CLAUDE}/converse-stream`, BODY)],
  ])("are counted of %s, and the next call waits", async (_, ask) => {
    const handler = limited({ tokensPerMinute: 1_000 });
    house.bedrock.enqueue({ content: [{ text: "two words" }], usage });
    const first = await ask(handler);
    expect([first.status, remaining(first)]).toEqual([200, "1000"]);
    await first.arrayBuffer();
    const refused = await ask(handler);
    expect([refused.status, remaining(refused), refused.headers.get("x-ratelimit-limit-tokens")]).toEqual([
      429,
      "0",
      "1000",
    ]);
    // 100 owed, at a thousand a minute.
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(3);
    expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(7);
  });

  it.each(["invoke", "invoke-with-response-stream"])("are counted of AWS's own %s", async (way) => {
    const handler = limited({ tokensPerMinute: 1 });
    const native = {
      anthropic_version: "bedrock-2023-05-31",
      max_tokens: 50,
      messages: [{ role: "user", content: "Hello" }],
    };
    const first = await post(handler, `/bedrock/model/${CLAUDE}/${way}`, native);
    await first.arrayBuffer();
    expect(first.status).toBe(200);
    expect((await post(handler, `/bedrock/model/${CLAUDE}/${way}`, native)).status).toBe(429);
  });
});

describe("requests per minute", () => {
  it("are told in OpenAI's headers, on answers, streams and refusals", async () => {
    const handler = limited({ requestsPerMinute: 2 });
    const answers = [await chat(handler), await chat(handler, { stream: true }), await chat(handler)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    const told = answers.map(({ headers }) => [
      headers.get("x-ratelimit-limit-requests"),
      headers.get("x-ratelimit-remaining-requests"),
    ]);
    expect(told).toEqual([
      ["2", "1"],
      ["2", "0"],
      ["2", "0"],
    ]);
    expect(answers[0]!.headers.get("x-ratelimit-reset-requests")).toMatch(/^(30|29(\.\d)?)s$/);
    await answers[1]!.body!.cancel();
  });
});
