import { ContextOverflowError } from "@langchain/core/errors";
import { AIMessage, HumanMessage } from "@langchain/core/messages";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ChatBedrockOpenAI } from "../../../integrations/langchain.ts";
import { BedrockOpenAIError } from "../../../src/index.ts";
import { EMULATOR_CREDENTIALS } from "../../../src/testing/index.ts";
import { CLAUDE, eventually, type House, openHouse } from "../../support/bedrock.ts";
import { BREAKING, callerLeft, drained, INVALID, SAYS, SLOW, THROTTLED } from "../../support/clients.ts";
import { chat } from "./ways.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const HELLO = [new HumanMessage("Hello")];

/** An answer in one piece that never comes. */
const STALLED = { content: [{ text: "late" }], fault: { kind: "stall", afterEvents: -1 } } as const;

/** A model with a handler of its own, as most people make it. */
const own = (fields: object = {}): ChatBedrockOpenAI =>
  new ChatBedrockOpenAI({
    model: CLAUDE,
    endpoint: house.bedrock.url,
    region: "us-east-1",
    credentials: EMULATOR_CREDENTIALS,
    logger: { error: () => undefined, warn: () => undefined },
    ...fields,
  });

describe("who leaves stops the model", () => {
  it("invoke() by a signal", async () => {
    house.bedrock.enqueue(STALLED);
    const controller = new AbortController();
    const answer = chat(house).invoke(HELLO, { signal: controller.signal });
    await eventually(() => house.bedrock.requests.length === 1);
    controller.abort();
    await expect(answer).rejects.toThrow(/abort/i);
    await callerLeft(house);
  });

  it("stream() by a signal and by leaving the loop", async () => {
    house.bedrock.enqueue(SLOW, SLOW);
    const controller = new AbortController();
    const stream = await chat(house).stream(HELLO, { signal: controller.signal });
    const reading = (async () => {
      for await (const _ of stream) controller.abort();
    })();
    await expect(reading).rejects.toThrow(/abort/i);
    await callerLeft(house);
    for await (const _ of await chat(house).stream(HELLO)) break;
    await callerLeft(house);
  });

  it("streamEvents() by a signal", async () => {
    house.bedrock.enqueue(SLOW);
    const controller = new AbortController();
    const reading = (async () => {
      for await (const _ of chat(house).streamEvents(HELLO, { signal: controller.signal }))
        controller.abort();
    })();
    await expect(reading).rejects.toThrow(/abort/i);
    await callerLeft(house);
  });

  it("one call of several without the others", async () => {
    house.bedrock.enqueue(STALLED);
    const controller = new AbortController();
    const left = chat(house).invoke("left", { signal: controller.signal });
    await eventually(() => house.bedrock.requests.length === 1);
    const stayed = chat(house).invoke("stayed");
    controller.abort();
    await expect(left).rejects.toThrow(/abort/i);
    expect((await stayed).content).toContain("stayed");
  });

  it("before anything is sent, sends nothing", async () => {
    const signal = AbortSignal.abort();
    await expect(chat(house).invoke(HELLO, { signal })).rejects.toThrow(/abort/i);
    await expect(chat(house).stream(HELLO, { signal }).then(drained)).rejects.toThrow(/abort/i);
    expect(house.bedrock.requests).toEqual([]);
  });

  it.each([
    ["of the model", { timeout: 60 }, {}],
    ["of the call", {}, { timeout: 60 }],
  ] as const)("by the timeout %s, within an answer too", async (_, fields, options) => {
    house.bedrock.enqueue(STALLED, SLOW);
    await expect(chat(house, fields).invoke(HELLO, options)).rejects.toThrow(
      /timeout|timed out|aborted due/i,
    );
    await callerLeft(house);
    await expect(chat(house, fields).stream(HELLO, options).then(drained)).rejects.toThrow(
      /timeout|timed out|aborted due/i,
    );
    await callerLeft(house);
  });
});

describe("a failure", () => {
  it("is BedrockOpenAIError, under LangChain's code where it has one", async () => {
    house.bedrock.enqueue(THROTTLED, INVALID);
    await expect(chat(house).invoke(HELLO)).rejects.toMatchObject({
      name: "BedrockOpenAIError",
      status: 429,
      lc_error_code: "MODEL_RATE_LIMIT",
    });
    await expect(chat(house).invoke(HELLO)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("not amused") as unknown,
    });
    await expect(chat(house, { model: "no.such-model" }).stream(HELLO)).rejects.toMatchObject({
      lc_error_code: "MODEL_NOT_FOUND",
    });
  });

  it("of too long a prompt is LangChain's ContextOverflowError and ours", async () => {
    const error = { name: "ValidationException", message: "Input is too long for requested model." };
    house.bedrock.enqueue({ error }, { error });
    const thrown: unknown = await chat(house)
      .invoke(HELLO)
      .catch((caught: unknown) => caught);
    expect(thrown).toBeInstanceOf(ContextOverflowError);
    expect(BedrockOpenAIError.isInstance(thrown)).toBe(true);
    await expect(chat(house).stream(HELLO)).rejects.toBeInstanceOf(ContextOverflowError);
  });

  it("of a history without its tool results names them", async () => {
    const tool_calls = [{ id: "call_1", name: "f", args: {} }];
    const history = [...HELLO, new AIMessage({ content: "", tool_calls }), ...HELLO];
    await expect(chat(house).invoke(history)).rejects.toMatchObject({
      lc_error_code: "INVALID_TOOL_RESULTS",
      message: expect.stringContaining("call_1") as unknown,
    });
    expect(house.bedrock.requests).toEqual([]);
  });

  it("within a stream is thrown, not a short answer", async () => {
    house.bedrock.enqueue(BREAKING, BREAKING, BREAKING);
    const failure = { code: "model_stream_error" };
    await expect(chat(house).stream(HELLO).then(drained)).rejects.toMatchObject(failure);
    await expect(chat(house, { streaming: true }).invoke(HELLO)).rejects.toMatchObject(failure);
    await expect(drained(chat(house).streamEvents(HELLO))).rejects.toMatchObject(failure);
  });
});

describe("repeating", () => {
  it("throttled calls is the AWS SDK's affair, `maxRetries` times", async () => {
    house.bedrock.enqueue(THROTTLED, THROTTLED, SAYS({}));
    expect((await own({ maxRetries: 2 }).invoke(HELLO)).content).toBe("{}");
    expect(house.bedrock.requests).toHaveLength(3);
  });

  it("never multiplies", async () => {
    house.bedrock.enqueue(...Array.from({ length: 8 }, () => THROTTLED));
    await expect(own({ maxRetries: 1 }).invoke(HELLO)).rejects.toMatchObject({ status: 429 });
    expect(house.bedrock.requests).toHaveLength(2);
  });

  it("does nothing for the caller's own fault, nor for who left", async () => {
    house.bedrock.enqueue(INVALID, INVALID);
    await expect(own({ maxRetries: 6 }).invoke(HELLO)).rejects.toMatchObject({ status: 400 });
    expect(house.bedrock.requests).toHaveLength(1);
  });
});

it("no more calls run at once than maxConcurrency", async () => {
  house.bedrock.enqueue(STALLED, STALLED, STALLED);
  const model = chat(house, { maxConcurrency: 2 });
  const callers = ["one", "two", "three"].map(() => new AbortController());
  const answers = callers.map(({ signal }) =>
    model.invoke(HELLO, { signal }).catch((error: Error) => error.name),
  );
  await eventually(() => house.bedrock.requests.length === 2);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(house.bedrock.requests).toHaveLength(2);
  callers[0]!.abort();
  await eventually(() => house.bedrock.requests.length === 3);
  for (const caller of callers) caller.abort();
  expect(await Promise.all(answers)).toEqual(["AbortError", "AbortError", "AbortError"]);
});
