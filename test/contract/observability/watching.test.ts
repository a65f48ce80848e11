import { channel, subscribe, unsubscribe } from "node:diagnostics_channel";
import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BedrockOpenAIOptions, CallEvent, CallFailed, Logger } from "../../../src/index.ts";
import { completeChat, countTokens } from "../../../src/index.ts";
import { type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { chatRequest } from "../../support/requests.ts";

let house: House;
const close: (() => void)[] = [];
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  for (const each of close.splice(0)) each();
  await house.bedrock.close();
});

interface Line {
  message: string;
  details: Record<string, unknown>;
}

const logging = (options: BedrockOpenAIOptions = {}) => {
  const lines: Line[] = [];
  const faults: Line[] = [];
  const fault = (message: string, details: Record<string, unknown>) => void faults.push({ message, details });
  const logger: Logger = {
    error: fault,
    warn: fault,
    info: (message, details) => void lines.push({ message, details }),
  };
  return { lines, faults, handler: house.withOptions({ logger, ...options }) };
};

describe("the line of a call", () => {
  it("says who asked for what and what came of it", async () => {
    const { lines, handler } = logging({ authorize: () => ({ id: "team-blue" }) });
    const response = await handler(chatRequest({ model: NOVA, stream: true }));
    expect(lines).toEqual([]);
    await response.text();
    expect(lines).toEqual([
      {
        message: "bedrock-openai: POST /chat/completions 200",
        details: expect.objectContaining({
          requestId: response.headers.get("x-request-id"),
          status: 200,
          operation: "chat",
          model: NOVA,
          target: NOVA,
          region: "us-east-1",
          caller: "team-blue",
          stream: true,
          ms: expect.any(Number),
          firstTokenMs: expect.any(Number),
          tokens: expect.objectContaining({ output: expect.any(Number) }),
          adjustments: 0,
        }),
      },
    ]);
  });

  it("holds no word of a prompt or an answer, and no key", async () => {
    house.bedrock.enqueue({ content: [{ text: "their-secret" }] });
    const { lines, handler } = logging({ apiKeys: ["sk-my-key"], telemetry: { captureContent: true } });
    const init = { headers: { authorization: "Bearer sk-my-key" } };
    await handler(chatRequest({ model: NOVA, messages: [{ role: "user", content: "my-secret" }] }, init));
    await handler(chatRequest({ model: NOVA }, { headers: { authorization: "Bearer sk-wrong-key" } }));
    expect(lines.map(({ details }) => details["status"])).toEqual([200, 401]);
    expect(JSON.stringify(lines)).not.toMatch(/secret|sk-|wJalr|AKIA/);
  });

  it("is written of what was refused at the door, of unknown paths, and in process", async () => {
    const { lines, handler } = logging({ apiKeys: ["sk-1"] });
    await handler(chatRequest({ model: NOVA }));
    await handler(new Request("http://localhost/v1/nowhere"));
    await completeChat({ model: NOVA, messages: [{ role: "user", content: "Hi" }] }, handler);
    expect(lines.map(({ message }) => message)).toEqual([
      "bedrock-openai: POST /chat/completions 401",
      "bedrock-openai: GET ? 404",
      "bedrock-openai: chat 200",
    ]);
    expect(lines.map(({ details }) => details["error"])).toEqual([
      "invalid_request_error",
      "unknown_url",
      undefined,
    ]);
  });

  it("is not written of probes, and not of what is no call", async () => {
    const { lines, handler } = logging();
    await handler(new Request("http://localhost/health"));
    await handler(new Request("http://localhost/v1/models", { method: "OPTIONS" }));
    await countTokens({ model: NOVA, messages: [{ role: "user", content: "Hi" }] }, handler);
    expect(lines).toEqual([]);
  });

  it("keeps the beginning of a name that has no end", async () => {
    const { lines, handler } = logging();
    await handler(chatRequest({ model: "x".repeat(100_000) }));
    expect(JSON.stringify(lines).length).toBeLessThan(2_000);
  });

  it("is not written to the console of an app that did not ask for it", async () => {
    const { console: real } = globalThis;
    const said: unknown[] = [];
    globalThis.console = { ...real, info: (...words: unknown[]) => void said.push(words) };
    close.push(() => void (globalThis.console = real));
    await house.withOptions({ logger: undefined as never })(chatRequest({ model: NOVA }));
    expect(said).toEqual([]);
  });
});

describe("channels", () => {
  const heard = (name: string): unknown[] => {
    const messages: unknown[] = [];
    const listen = (message: unknown): void => void messages.push(message);
    subscribe(`bedrock-openai:call:${name}`, listen);
    close.push(() => unsubscribe(`bedrock-openai:call:${name}`, listen));
    return messages;
  };

  it("tell of a call as it goes", async () => {
    const [starts, asked, errors, ends] = ["start", "asked", "error", "end"].map(heard);
    const response = await house.handler(chatRequest({ model: NOVA }));
    const requestId = response.headers.get("x-request-id");
    expect(starts).toEqual([{ requestId }]);
    expect(asked).toEqual([{ requestId, operation: "chat", asked: NOVA, stream: false, caller: undefined }]);
    expect(errors).toEqual([]);
    expect(ends).toMatchObject([{ requestId, status: 200, route: "/chat/completions" }]);
  });

  it("tell of a failure with its cause, and end all the same", async () => {
    const [starts, errors, ends] = ["start", "error", "end"].map(heard);
    house.bedrock.enqueue({ error: { name: "ThrottlingException", message: "slow" } });
    await house.handler(chatRequest({ model: NOVA }));
    const [failed] = errors as CallFailed[];
    expect(failed).toMatchObject({ status: 429, error: "rate_limit_exceeded" });
    expect(failed!.cause?.status).toBe(429);
    expect([starts!.length, (ends as CallEvent[]).map(({ error }) => error)]).toEqual([
      1,
      ["rate_limit_exceeded"],
    ]);
  });

  it("end as often as they start, whatever is asked", async () => {
    const [starts, ends] = ["start", "end"].map(heard);
    const handler = house.withOptions({ apiKeys: ["sk-1"] });
    await handler(new Request("http://localhost/health"));
    await handler(new Request("http://localhost/nowhere"));
    await handler(chatRequest({ model: NOVA }));
    await (await house.handler(chatRequest({ model: NOVA, stream: true }))).text();
    await countTokens({ model: NOVA, messages: [{ role: "user", content: "Hi" }] }, handler);
    await completeChat({ model: "", messages: [] }, handler).catch(() => undefined);
    expect(ends!.length).toBe(5);
    expect(starts!.length).toBe(5);
  });

  it("carry a store of the subscriber's into whatever the call starts", async () => {
    const store = new AsyncLocalStorage<string>();
    const start = channel("bedrock-openai:call:start");
    start.bindStore(store, (message) => (message as { requestId: string }).requestId);
    close.push(() => void start.unbindStore(store));
    let seen: string | undefined;
    const credentials = async () => {
      seen = store.getStore();
      return {
        accessKeyId: "AKIAIOSFODNN7EXAMPLE",
        secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      };
    };
    const response = await house.withOptions({ credentials })(chatRequest({ model: NOVA }));
    expect(seen).toBe(response.headers.get("x-request-id"));
  });
});

describe("who watches fails no call", () => {
  const boom = (): never => {
    throw new Error("boom");
  };

  it.each<[string, () => unknown, number]>([
    ["throws", boom, 1],
    ["rejects later", async () => boom(), 1],
    ["never ends", () => new Promise(() => undefined), 0],
  ])("where onUsage %s", async (_, onUsage, reported) => {
    const { faults, handler } = logging({ onUsage: onUsage as () => void });
    const response = await handler(chatRequest({ model: NOVA, stream: true }));
    expect(await response.text()).toContain("[DONE]");
    await new Promise((resolve) => setImmediate(resolve));
    expect(faults).toHaveLength(reported);
  });

  it("where the logger itself throws", async () => {
    const logger = { error: boom, warn: boom, info: boom };
    const response = await house.withOptions({ logger, onUsage: boom })(chatRequest({ model: NOVA }));
    expect(response.status).toBe(200);
  });
});

describe("prices that are none", () => {
  it.each([
    [{ "a.b": {} }, "'prices' of 'a.b': 'input' is missing"],
    [{ "a.b": { input: -1 } }, "'prices' of 'a.b': 'input' must be a number, 0 or more"],
    [{ "a.b": { input: 1, output: Number.NaN } }, "'output' must be a number"],
    [{ "a.b": { input: 1, tiers: { flex: "half" } } }, "'tiers.flex' must be a number"],
  ])("are refused at the start: %j", (prices, complaint) => {
    expect(() => house.withOptions({ prices: prices as never })).toThrow(complaint);
  });
});
