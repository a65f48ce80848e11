import Anthropic from "@anthropic-ai/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLAUDE, type House, openHouse } from "../../support/bedrock.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

const KEY = "sk-0123456789abcdef";
const BODY = JSON.stringify({
  model: CLAUDE,
  max_tokens: 5,
  messages: [{ role: "user", content: "Hello" }],
});

type Asked = [method: string, path: string, headers?: Record<string, string>, body?: string];

/** Refused before any endpoint has seen it. */
const REFUSED: [why: string, status: number, type: string, asked: Asked][] = [
  ["another method", 405, "invalid_request_error", ["GET", "/v1/messages"]],
  ["another method of counting", 405, "invalid_request_error", ["PUT", "/v1/messages/count_tokens"]],
  [
    "a path that only Anthropic has",
    404,
    "not_found_error",
    ["POST", "/v1/messages/batches", { "anthropic-version": "2023-06-01" }],
  ],
  ["no key", 401, "authentication_error", ["POST", "/v1/messages", { "x-api-key": "" }]],
  ["another key", 401, "authentication_error", ["POST", "/v1/messages/count_tokens", { "x-api-key": "no" }]],
  [
    "more than anybody may send",
    413,
    "request_too_large",
    ["POST", "/v1/messages", { "content-length": String(2 ** 40) }],
  ],
];

describe("what is refused before it is read, Anthropic's clients read in their own words", () => {
  it.each(REFUSED)("%s", async (_, status, type, [method, path, headers]) => {
    const handler = house.withOptions({ apiKeys: [KEY] });
    const response = await handler(
      new Request(`http://localhost${path}`, {
        method,
        headers: { "content-type": "application/json", "x-api-key": KEY, ...headers },
        ...(method !== "GET" && { body: BODY }),
      }),
    );
    expect(response.status).toBe(status);
    expect(response.headers.get("request-id")).toBe(response.headers.get("x-request-id"));
    expect(await response.json()).toEqual({
      type: "error",
      error: { type, message: expect.any(String) },
      request_id: response.headers.get("x-request-id"),
    });
  });

  it("a caller who has asked too often", async () => {
    const handler = house.withOptions({
      authorize: () => ({ id: "ada", limits: { requestsPerMinute: 1 } }),
    });
    const client = new Anthropic({
      apiKey: "x",
      baseURL: "http://localhost",
      maxRetries: 0,
      fetch: (url, init) => handler(new Request(url as string, init as RequestInit)),
    });
    const ask = () => client.messages.create(JSON.parse(BODY) as Anthropic.MessageCreateParamsNonStreaming);
    await ask();
    const refusal = await ask().catch((thrown: unknown) => thrown);
    expect(refusal).toBeInstanceOf(Anthropic.RateLimitError);
    expect(refusal).toMatchObject({ type: "rate_limit_error", requestID: expect.stringMatching(/./) });
  });
});

it("OpenAI's clients go on to read theirs, also of paths that sound alike", async () => {
  for (const path of ["/v1/threads/t/messages/m", "/v1/chat/completions/c/messages"]) {
    const response = await house.handler(new Request(`http://localhost${path}`, { method: "PATCH" }));
    expect(await response.json()).toMatchObject({ error: { code: expect.any(String) } });
  }
});
