import OpenAI, { AuthenticationError, PermissionDeniedError } from "openai";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createBedrockFetch } from "../../integrations/openai.ts";
import {
  type BedrockOpenAIHandler,
  BedrockOpenAIError,
  createBedrockOpenAIHandler,
} from "../../src/index.ts";
import { CLAUDE, type House, openHouse } from "../support/bedrock.ts";
import { assertSchema } from "../support/openai-schema.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.reset());
afterAll(() => house.bedrock.close());

const KEY = "sk-right-0123456789";
const QUESTION = { model: CLAUDE, messages: [{ role: "user" as const, content: "Hi" }] };

const ask = (handler: BedrockOpenAIHandler, headers: Record<string, string> = {}, context?: unknown) =>
  handler(
    new Request("http://x/v1/chat/completions", {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(QUESTION),
    }),
    context,
  );

const errorOf = async (response: Response): Promise<{ message: string; code: string | null }> => {
  const body = (await response.json()) as { error: { message: string; code: string | null } };
  assertSchema("ErrorResponse", body);
  return body.error;
};

describe("apiKeys", () => {
  it.each([
    { authorization: `Bearer ${KEY}` },
    { authorization: `bearer  ${KEY} ` },
    { "api-key": KEY },
    { "x-api-key": KEY },
  ])("lets in who sends one: %o", async (headers) => {
    const handler = house.withOptions({ apiKeys: ["another-key-of-yours", KEY] });
    expect((await ask(handler, headers)).status).toBe(200);
  });

  it.each([
    ["no key", {}, null],
    ["an empty one", { authorization: "Bearer " }, null],
    ["another scheme", { authorization: `Basic ${KEY}` }, null],
    ["a wrong one", { authorization: "Bearer sk-wrong-0123456789" }, "invalid_api_key"],
    ["the beginning of a right one", { authorization: `Bearer ${KEY.slice(0, -1)}` }, "invalid_api_key"],
    ["more than a right one", { authorization: `Bearer ${KEY}0` }, "invalid_api_key"],
  ])("keeps out %s, and AWS hears nothing of it", async (_, headers, code) => {
    const response = await ask(house.withOptions({ apiKeys: [KEY] }), headers);
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    expect((await errorOf(response)).code).toBe(code);
    expect(house.bedrock.requests).toEqual([]);
  });

  it("never says a key aloud", async () => {
    const response = await ask(house.withOptions({ apiKeys: [KEY] }), {
      "x-api-key": "sk-secret-0123456789",
    });
    expect((await errorOf(response)).message).toContain("sk-s***789");
    const short = await ask(house.withOptions({ apiKeys: [KEY] }), { "x-api-key": "secret" });
    expect((await errorOf(short)).message).toContain(": ***.");
  });

  it("is what OpenAI's own client calls an AuthenticationError", async () => {
    const fetch = createBedrockFetch(house.withOptions({ apiKeys: [KEY] }));
    const client = (apiKey: string) => new OpenAI({ apiKey, baseURL: "http://bedrock/v1", fetch });
    await expect(client("wrong").chat.completions.create(QUESTION)).rejects.toThrow(AuthenticationError);
    expect((await client(KEY).chat.completions.create(QUESTION)).choices[0]!.message.content).toBeTruthy();
  });

  it("leaves health and OPTIONS to load balancers and browsers", async () => {
    const handler = house.withOptions({ apiKeys: [KEY] });
    expect((await handler(new Request("http://x/health"))).status).toBe(200);
    expect((await handler(new Request("http://x/v1/models", { method: "OPTIONS" }))).status).toBe(204);
    expect((await handler(new Request("http://x/v1/models"))).status).toBe(401);
  });

  it.each([[[`${KEY}\n`]], [[` ${KEY}`]], [["two words"]], [["ключ"]]])(
    "that no caller could send do not lock the door for all: %j",
    (apiKeys) => {
      expect(() => createBedrockOpenAIHandler({ apiKeys })).toThrow(/'apiKeys' must be a list of keys/);
    },
  );

  it.each([[[]], [[""]], [[KEY, "  "]], [[undefined as unknown as string]]])(
    "of a variable that is not set do not open the door: %j",
    (apiKeys) => {
      expect(() => createBedrockOpenAIHandler({ apiKeys })).toThrow(TypeError);
    },
  );
});

describe("authorize", () => {
  it("is given the request without its body, and what the door knows of the call", async () => {
    const authorize = vi.fn<(request: Request, context: unknown) => boolean>(() => true);
    const context = { req: { user: "ada" } };
    const response = await ask(house.withOptions({ authorize }), { "x-tenant": "acme" }, context);
    expect(response.status).toBe(200);
    const [request, given] = authorize.mock.calls[0]!;
    expect(given).toBe(context);
    expect([request.method, request.url, request.headers.get("x-tenant"), request.body]).toEqual([
      "POST",
      "http://x/v1/chat/completions",
      "acme",
      null,
    ]);
  });

  it.each([false, undefined, null, 0, "", "yes", 1])(
    "that answers %j lets nobody in: only true and a caller do",
    async (answer) => {
      const authorize = async () => answer as unknown as boolean;
      expect((await ask(house.withOptions({ authorize }))).status).toBe(401);
      expect(house.bedrock.requests).toEqual([]);
    },
  );

  it("may answer with an error of its own", async () => {
    const authorize = (): boolean => {
      throw new BedrockOpenAIError(403, "Your plan has no models.", {
        type: "insufficient_quota",
        code: "no_plan",
      });
    };
    const fetch = createBedrockFetch(house.withOptions({ authorize }));
    const client = new OpenAI({ apiKey: "x", baseURL: "http://bedrock/v1", fetch, maxRetries: 0 });
    await expect(client.models.list()).rejects.toThrow(PermissionDeniedError);
  });

  it.each<[number, Record<string, string>]>([
    [99, {}],
    [204, {}],
    [403, { "x-who": "Ω" }],
  ])("may not break the answer with an error that none can be made of: %j %j", async (status, headers) => {
    const error = new BedrockOpenAIError(status, "No.", { type: "invalid_request_error", headers });
    const response = await ask(house.withOptions({ authorize: () => Promise.reject(error) }));
    expect([response.status, response.headers.get("x-request-id")]).toEqual([500, expect.any(String)]);
    expect(house.bedrock.requests).toEqual([]);
  });

  it("that fails lets nobody in, and tells the operator why, not the caller", async () => {
    const authorize = async (): Promise<boolean> => {
      throw new Error("the session store at 10.0.0.7 is down");
    };
    const response = await ask(house.withOptions({ authorize }));
    expect(response.status).toBe(500);
    expect(JSON.stringify(await errorOf(response))).not.toContain("10.0.0.7");
    expect(house.bedrock.requests).toEqual([]);
  });

  it("and apiKeys must both hold", async () => {
    const handler = (allowed: boolean) => house.withOptions({ apiKeys: [KEY], authorize: () => allowed });
    expect((await ask(handler(true), { "x-api-key": KEY })).status).toBe(200);
    expect((await ask(handler(false), { "x-api-key": KEY })).status).toBe(401);
    expect((await ask(handler(true), { "x-api-key": "wrong" })).status).toBe(401);
  });

  it("is waited for where the process has put another Promise in the place of Node's", async () => {
    vi.stubGlobal("Promise", class Zoned<T> extends Promise<T> {});
    try {
      const strangers = [{ authorize: async () => false }, { apiKeys: [KEY] }].map(house.withOptions);
      for (const handler of strangers) expect((await ask(handler)).status).toBe(401);
      expect(house.bedrock.requests).toEqual([]);
      expect((await ask(house.withOptions({ authorize: async () => true }))).status).toBe(200);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
