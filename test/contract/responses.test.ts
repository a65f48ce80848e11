import { APIError, type OpenAI } from "openai";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { UsageEvent } from "../../src/index.ts";
import { CLAUDE, eventually, type House, NOVA, openHouse } from "../support/bedrock.ts";
import { BREAKING, callerLeft, INVALID, REASONED, SLOW, THROTTLED, TWO_CALLS } from "../support/clients.ts";
import { assertSchema } from "../support/openai-schema.ts";
import { responseRequest } from "../support/requests.ts";
import {
  checkResponseEvents,
  eventsOf,
  type ToldEvent,
  type ToldResponse,
} from "../support/response-events.ts";
import { openAIOn } from "../support/responses.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  vi.useRealTimers();
  await house.bedrock.close();
});

const whole = async (body: object, handler = house.handler): Promise<ToldResponse> => {
  const response = await handler(responseRequest({ model: CLAUDE, ...body }));
  expect(response.status).toBe(200);
  const told = (await response.json()) as ToldResponse;
  assertSchema("Response", told);
  return told;
};

const events = async (body: object, handler = house.handler): Promise<ToldEvent[]> => {
  const response = await handler(responseRequest({ model: CLAUDE, stream: true, ...body }));
  expect(response.status).toBe(200);
  return eventsOf(await response.text());
};

/** What differs from answer to answer. */
const comparable = (response: object): unknown =>
  JSON.parse(JSON.stringify(response), (key, value: unknown) =>
    ["id", "created_at", "completed_at", "encrypted_content"].includes(key) ? null : value,
  );

describe("POST /responses", () => {
  it.each([
    ["words", { content: [{ text: "Hello there" }] }],
    ["calls", TWO_CALLS],
    ["thoughts", REASONED],
    ["nothing", { content: [] }],
    ["words that were cut short", { content: [{ text: "Hello" }], stopReason: "max_tokens" }],
    ["words that a guardrail put there", { content: [{ text: "No." }], stopReason: "guardrail_intervened" }],
  ])("answers %s whole and streamed alike", async (_, reply) => {
    house.bedrock.enqueue(reply);
    const told = await whole({ input: "hi" });
    house.bedrock.enqueue(reply);
    const streamed = checkResponseEvents(await events({ input: "hi" }));
    expect(comparable(streamed)).toEqual(comparable(told));
    expect(house.logged).toEqual([]);
  });

  it("tells a stream that it is one, and ends it without [DONE]", async () => {
    const response = await house.handler(responseRequest({ model: CLAUDE, input: "hi", stream: true }));
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    const text = await response.text();
    expect(text).not.toContain("[DONE]");
    expect(text.trimEnd().split("\n").at(-1)).toContain('"response.completed"');
  });

  it("tells that a response is being made before its first word", async () => {
    house.bedrock.enqueue({ content: [{ text: "one two" }], fault: { kind: "stall", afterEvents: 2 } });
    const response = await house.handler(responseRequest({ model: CLAUDE, input: "hi", stream: true }));
    const reader = response.body!.getReader();
    const first = eventsOf(new TextDecoder().decode((await reader.read()).value));
    expect(first.map(({ type }) => type)).toEqual(["response.created", "response.in_progress"]);
    await reader.cancel();
    await callerLeft(house);
  });

  it("says who answers, in the record's and in Bedrock's words", async () => {
    house.bedrock.enqueue({ content: [{ text: "Hi" }] });
    const response = await house.handler(responseRequest({ model: NOVA, input: "hi" }));
    expect(response.headers.get("x-bedrock-target")).toBe(`us-east-1/${NOVA}`);
    expect(response.headers.get("x-amzn-requestid")).not.toBeNull();
    expect(((await response.json()) as { model: string }).model).toBe(NOVA);
  });

  it("shows what would be sent, also of a stream and of a response that is to be made in the background", async () => {
    for (const more of [{}, { stream: true }, { background: true }]) {
      const request = responseRequest(
        { model: NOVA, input: "hi", ...more },
        { headers: { "x-bedrock-explain": "1" } },
      );
      const explanation = (await (await house.handler(request)).json()) as object;
      expect(explanation).toMatchObject({
        request: { body: { messages: [{ role: "user", content: [{ text: "hi" }] }] } },
      });
    }
    expect(house.bedrock.requests).toEqual([]);
  });

  it("is served by a fallback where the first model cannot answer, under that one's name", async () => {
    house.bedrock.enqueue(THROTTLED, { content: [{ text: "Hi" }] });
    const handler = house.withOptions({ models: { chat: { model: CLAUDE, fallbacks: [NOVA] } } });
    const response = checkResponseEvents(await events({ model: "chat", input: "hi" }, handler));
    expect(response).toMatchObject({ status: "completed", model: NOVA });
  });

  it("is held to the models that the caller may use", async () => {
    const handler = house.withOptions({ authorize: () => ({ id: "a", models: [NOVA] }) });
    const response = await handler(responseRequest({ model: CLAUDE, input: "hi" }));
    expect(response.status).toBe(403);
    expect(house.bedrock.requests).toEqual([]);
  });

  it.each([false, true])("is counted once for whoever watches, streamed: %s", async (stream) => {
    const told: UsageEvent[] = [];
    const handler = house.withOptions({ onUsage: (usage) => void told.push(usage) });
    house.bedrock.enqueue(TWO_CALLS);
    const answer = await handler(responseRequest({ model: CLAUDE, input: "hi", stream }));
    const text = await answer.text();
    const { usage } = stream ? eventsOf(text).at(-1)!.response : (JSON.parse(text) as ToldResponse);
    expect(told).toMatchObject([
      { route: "/responses", operation: "chat", asked: CLAUDE, stream, status: 200, error: undefined },
    ]);
    const { input, output } = told[0]!.tokens!;
    expect(usage).toMatchObject({ input_tokens: input, output_tokens: output });
  });

  it("tells reasoning that can be carried only where it was asked for, or nothing is kept", async () => {
    const sealed = ({ output: [item] }: ToldResponse): boolean => item!.encrypted_content !== undefined;
    for (const [body, isTold] of [
      [{}, false],
      [{ include: ["reasoning.encrypted_content"] }, true],
      [{ store: false }, true],
    ] as const) {
      house.bedrock.enqueue(REASONED, REASONED);
      expect(sealed(await whole({ input: "hi", ...body }))).toBe(isTold);
      const told = await events({ input: "hi", ...body });
      expect(sealed(checkResponseEvents(told))).toBe(isTold);
    }
  });
});

describe("a response that fails", () => {
  it.each([
    ["a refusal", INVALID, 400],
    ["too many requests", THROTTLED, 429],
    [
      "a failure as the first event",
      { content: [{ text: "x" }], fault: { kind: "exception", afterEvents: 0, type: "throttlingException" } },
      429,
    ],
  ])("before its first piece, by %s, is an HTTP status in OpenAI's words", async (_, reply, status) => {
    house.bedrock.enqueue(reply as never);
    const response = await house.handler(responseRequest({ model: CLAUDE, input: "hi", stream: true }));
    expect(response.status).toBe(status);
    assertSchema("ErrorResponse", await response.json());
  });

  it("names the parameter as this API calls it", async () => {
    const message = "Input is too long for requested model.";
    house.bedrock.enqueue({ error: { name: "ValidationException", message } });
    const response = await house.handler(responseRequest({ model: CLAUDE, input: "hi" }));
    expect(await response.json()).toMatchObject({
      error: { code: "context_length_exceeded", param: "input" },
    });
  });

  it("in the middle is told by both events, with what was said before, and logged once", async () => {
    house.bedrock.enqueue(BREAKING);
    const told = await events({ input: "hi" });
    const response = checkResponseEvents(told);
    expect(response).toMatchObject({ status: "failed", error: { code: "server_error" } });
    expect(response.output[0]!.content[0]!.text).toContain("one");
    expect(house.logged).toHaveLength(1);
  });

  it.each<[string, object]>([
    ["ends too early", { kind: "end", afterEvents: 3 }],
    ["is cut within an event", { kind: "truncate", afterEvents: 3 }],
    ["loses its connection", { kind: "reset", afterEvents: 3 }],
    ["stands still", { kind: "stall", afterEvents: 3 }],
    [
      "says that AWS is busy",
      { kind: "exception", afterEvents: 3, type: "throttlingException", message: "" },
    ],
  ])("because AWS's stream %s, never looks complete, and is not tried again", async (_, fault) => {
    const hasty = house.withOptions({ timeouts: { idle: 50 }, retries: 2 });
    house.bedrock.enqueue({ content: [{ text: "one two three four" }], fault } as never);
    const response = checkResponseEvents(await events({ input: "hi" }, hasty));
    expect(response.status).toBe("failed");
    expect(response.output[0]!.content[0]!.text).toContain("one");
    expect(house.bedrock.requests).toHaveLength(1);
  });

  it("in the middle raises in OpenAI's own client", async () => {
    house.bedrock.enqueue(BREAKING);
    const stream = await openAIOn(house).responses.create({ model: CLAUDE, input: "hi", stream: true });
    const read = async (): Promise<void> => {
      for await (const _ of stream);
    };
    await expect(read()).rejects.toThrow(APIError);
  });

  it("after fifteen seconds without a word begins and ends in events, and never looks complete", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    house.bedrock.enqueue({ fault: { kind: "stall", afterEvents: -1 } } as never);
    const handler = house.withOptions({ timeouts: { firstByte: 60_000 } });
    const asking = handler(responseRequest({ model: CLAUDE, input: "hi", stream: true }));
    while (house.bedrock.requests.length === 0) await turn();
    await vi.advanceTimersByTimeAsync(15_000);
    const text = (await asking).text();
    await vi.advanceTimersByTimeAsync(45_000);
    const told = eventsOf(await text);
    expect(checkResponseEvents(told)).toMatchObject({ status: "failed", output: [] });
    expect(told.map(({ type }) => type)).toEqual(["response.created", "error", "response.failed"]);
  });
});

describe("a caller who leaves a response", () => {
  it("stops what AWS is doing, by a signal", async () => {
    house.bedrock.enqueue(SLOW);
    const leaving = new AbortController();
    const body = { model: CLAUDE, input: "hi", stream: true };
    const response = await house.handler(responseRequest(body, { signal: leaving.signal }));
    const text = response.text();
    await eventually(() => house.bedrock.openRequests === 1);
    leaving.abort();
    await expect(text).rejects.toMatchObject({ name: "AbortError" });
    await callerLeft(house);
  });

  it("stops what AWS is doing, by breaking off", async () => {
    house.bedrock.enqueue(SLOW);
    const stream = await openAIOn(house).responses.create({ model: CLAUDE, input: "hi", stream: true });
    for await (const event of stream) if (event.type === "response.output_text.delta") break;
    await callerLeft(house);
    expect(house.bedrock.openRequests).toBe(0);
  });
});

describe("OpenAI's own client", () => {
  const lookUp: OpenAI.Responses.Tool = {
    type: "function",
    name: "get_weather",
    parameters: { type: "object", properties: { city: { type: "string" } } },
    strict: false,
  };

  it("reads an answer by its helpers", async () => {
    house.bedrock.enqueue(TWO_CALLS);
    const stream = openAIOn(house).responses.stream({ model: CLAUDE, input: "hi", tools: [lookUp] });
    const deltas: string[] = [];
    stream.on("response.output_text.delta", ({ delta }) => deltas.push(delta));
    const response = await stream.finalResponse();
    expect(deltas.join("")).toBe("Let me look.");
    expect(response.output_text).toBe("Let me look.");
    expect(response.output.slice(1)).toMatchObject([
      { type: "function_call", call_id: "tooluse_a", name: "get_weather", arguments: '{"city":"Oslo"}' },
      { type: "function_call", call_id: "tooluse_b", name: "get_time", arguments: "{}" },
    ]);
  });

  it("gets JSON that it can parse", async () => {
    house.bedrock.enqueue({ content: [{ text: '{"city":"Oslo"}' }] });
    const schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
    const response = await openAIOn(house).responses.parse({
      model: NOVA,
      input: "Where?",
      text: { format: { type: "json_schema", name: "place", schema, strict: true } },
    });
    expect(response.output_parsed).toEqual({ city: "Oslo" });
  });
});
