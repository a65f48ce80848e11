import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type ChatCompletionChunk, completeChat, embed, streamChat } from "../../src/index.ts";
import type { Fault } from "../../src/testing/index.ts";
import { CLAUDE, eventually, type House, openHouse } from "../support/bedrock.ts";
import { GPT } from "../support/native.ts";
import { chatRequest } from "../support/requests.ts";
import { chunksOf } from "../support/sse.ts";

/** Streams without a socket of the caller's: they break, are left and are forgotten all the same. */

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await eventually(() => house.bedrock.openRequests === 0);
  await house.bedrock.close();
});

const MODELS = [
  ["translated", CLAUDE],
  ["native", GPT],
] as const;
const asked = (model: string, more: object = {}) => ({
  model,
  messages: [{ role: "user", content: "Hello" }],
  ...more,
});
const answer = { content: [{ text: "one two three four five six" }] };
/** Slow enough that nobody has read it to the end by accident. */
const slow = { content: [{ text: "word ".repeat(2_000) }], delayMs: 5 };
const textOf = (chunks: readonly ChatCompletionChunk[]): string =>
  chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("");
const left = async (): Promise<void> => {
  await eventually(() => house.bedrock.requests.at(-1)?.aborted === true);
  await house.bedrock.requests.at(-1)!.closed;
};

const thrownBy = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "nothing",
    (thrown: unknown) => thrown,
  );

/** What was read, and why no more was. */
async function readTo(chunks: AsyncIterable<ChatCompletionChunk>): Promise<[ChatCompletionChunk[], unknown]> {
  const read: ChatCompletionChunk[] = [];
  try {
    for await (const chunk of chunks) read.push(chunk);
    return [read, "the end"];
  } catch (thrown) {
    return [read, thrown];
  }
}

describe.each(MODELS)("a %s stream", (_, model) => {
  it.each<[string, Fault]>([
    [
      "tells of a failure",
      { kind: "exception", afterEvents: 4, type: "throttlingException", message: "slow" },
    ],
    [
      "tells of a broken model",
      { kind: "exception", afterEvents: 4, type: "modelStreamErrorException", message: "oops" },
    ],
    ["is cut within an event", { kind: "truncate", afterEvents: 4 }],
    ["ends too early", { kind: "end", afterEvents: 4 }],
    ["loses its connection", { kind: "reset", afterEvents: 4 }],
  ])("that %s throws what HTTP tells, after what was said, and logs it", async (__, fault) => {
    house.bedrock.enqueue({ ...answer, fault }, { ...answer, fault });
    const response = await house.handler(chatRequest({ model, stream: true }));
    const { error } = chunksOf(await response.text()).chunks.at(-1)!;
    const logged = house.logged.splice(0);
    const { value } = await streamChat(asked(model), house.handler);
    const [read, thrown] = await readTo(value);
    expect(textOf(read)).toContain("one");
    const { type, code, message } = error!;
    expect(thrown).toMatchObject({ name: "BedrockOpenAIError", type, code, message });
    expect(house.logged).toEqual(logged);
    expect(logged).toHaveLength(1);
  });

  it("whose first event is a failure is refused", async () => {
    const fault = {
      kind: "exception",
      afterEvents: 0,
      type: "throttlingException",
      message: "slow",
    } as const;
    house.bedrock.enqueue({ ...answer, fault });
    await expect(streamChat(asked(model), house.handler)).rejects.toMatchObject({ status: 429 });
  });

  it("that stands still is given up", async () => {
    const hasty = house.withOptions({ timeouts: { idle: 50 } });
    house.bedrock.enqueue({ ...answer, fault: { kind: "stall", afterEvents: 3 } });
    const [, thrown] = await readTo((await streamChat(asked(model), hasty)).value);
    expect(thrown).toMatchObject({ name: "BedrockOpenAIError", status: 504 });
  });

  it("is stopped by leaving the loop, without a word in the log", async () => {
    house.bedrock.enqueue(slow);
    const { value } = await streamChat(asked(model), house.handler);
    for await (const chunk of value) if (textOf([chunk]) !== "") break;
    await left();
    expect(house.logged).toEqual([]);
  });

  it("is stopped while its next chunk is waited for", async () => {
    house.bedrock.enqueue({ ...answer, fault: { kind: "stall", afterEvents: 2 } });
    const chunks = (await streamChat(asked(model), house.handler)).value[Symbol.asyncIterator]();
    expect((await chunks.next()).value).toMatchObject({ choices: [{ delta: { role: "assistant" } }] });
    expect((await chunks.next()).value).toMatchObject({ choices: [{ delta: { content: "one" } }] });
    const waiting = thrownBy(chunks.next());
    expect(await chunks.return!()).toEqual({ done: true, value: undefined });
    expect(await waiting).toMatchObject({ name: "AbortError" });
    await left();
    expect(house.logged).toEqual([]);
  });

  it("is stopped while its first piece is waited for, of which AWS has only said that it comes", async () => {
    const { setTimeout: later } = globalThis;
    // The grace before the status line is nearly over at once; everything else takes its time.
    const hasty = (run: () => void, ms?: number): NodeJS.Timeout => later(run, ms === 5_000 ? 50 : ms);
    const spy = vi.spyOn(globalThis, "setTimeout").mockImplementation(hasty as typeof setTimeout);
    house.bedrock.enqueue({ ...answer, fault: { kind: "stall", afterEvents: 1 } });
    const chunks = (await streamChat(asked(model), house.handler)).value[Symbol.asyncIterator]();
    spy.mockRestore();
    expect((await chunks.next()).value).toMatchObject({ choices: [{ delta: { role: "assistant" } }] });
    const waiting = thrownBy(chunks.next());
    expect(await chunks.return!()).toEqual({ done: true, value: undefined });
    expect(await waiting).toMatchObject({ name: "AbortError" });
    await left();
    expect(house.logged).toEqual([]);
  });

  it("is stopped before it is read at all", async () => {
    house.bedrock.enqueue(slow);
    const { signal } = new AbortController();
    const { value } = await streamChat(asked(model), house.handler, { signal });
    await value[Symbol.asyncIterator]().return!();
    await left();
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("is stopped by its signal, whose reason is thrown", async () => {
    house.bedrock.enqueue(slow);
    const controller = new AbortController();
    const { value } = await streamChat(asked(model), house.handler, { signal: controller.signal });
    const reading = readTo(value);
    await eventually(() => house.bedrock.openRequests === 1);
    const reason = new Error("enough");
    controller.abort(reason);
    expect((await reading)[1]).toBe(reason);
    await left();
    expect(house.logged).toEqual([]);
  });

  it("is over once its signal has fired, also where it has arrived already", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const { value } = await streamChat(asked(model), house.handler, { signal });
    const reading = (async () => {
      for await (const chunk of value) if (textOf([chunk]) !== "") controller.abort(new Error("enough"));
    })();
    await expect(reading).rejects.toThrow("enough");
    await expect(value[Symbol.asyncIterator]().next()).rejects.toThrow("enough");
    expect(getEventListeners(signal, "abort")).toEqual([]);
    expect(house.logged).toEqual([]);
  });

  it("is not read ahead of a slow reader to its end", async () => {
    house.bedrock.enqueue({ content: [{ text: "word ".repeat(200_000) }] });
    const { value } = await streamChat(asked(model), house.handler);
    const chunks = value[Symbol.asyncIterator]();
    await chunks.next();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(house.bedrock.openRequests).toBe(1);
    await chunks.return!();
    await left();
  });

  it("of several choices is stopped as a whole", async () => {
    house.bedrock.enqueue(slow, slow, slow);
    const { value } = await streamChat(asked(model, { n: 3 }), house.handler);
    for await (const chunk of value) if (textOf([chunk]) !== "") break;
    await eventually(() => house.bedrock.requests.every(({ aborted }) => aborted));
    expect(house.bedrock.requests).toHaveLength(3);
  });
});

describe("a caller's signal", () => {
  it("that has fired sends nothing", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    for (const call of [completeChat, streamChat])
      await expect(call(asked(CLAUDE), house.handler, { signal })).rejects.toThrow("enough");
    const embedding = embed({ model: "amazon.titan-embed-text-v2:0", input: "a" }, house.handler, { signal });
    await expect(embedding).rejects.toThrow("enough");
    expect(house.bedrock.requests).toEqual([]);
    expect(house.logged).toEqual([]);
  });

  it.each<[string, (signal: AbortSignal) => Promise<unknown>]>([
    ["an answer", (signal) => completeChat(asked(CLAUDE), house.handler, { signal })],
    ["a native answer", (signal) => completeChat(asked(GPT), house.handler, { signal })],
    ["a stream", (signal) => streamChat(asked(CLAUDE), house.handler, { signal })],
    [
      "vectors",
      (signal) => embed({ model: "amazon.titan-embed-text-v2:0", input: "a" }, house.handler, { signal }),
    ],
  ])("stops %s that is waited for", async (_, call) => {
    house.bedrock.enqueue({ ...answer, fault: { kind: "stall", afterEvents: -1 } });
    const controller = new AbortController();
    const reason = new Error("enough");
    const calling = thrownBy(call(controller.signal));
    await eventually(() => house.bedrock.openRequests === 1);
    controller.abort(reason);
    expect(await calling).toBe(reason);
    await left();
    expect(house.logged).toEqual([]);
  });

  it("that outlives its calls is followed by none of them", async () => {
    const { signal } = new AbortController();
    const request = asked(CLAUDE);
    await completeChat(request, house.handler, { signal });
    await embed({ model: "amazon.titan-embed-text-v2:0", input: "a" }, house.handler, { signal });
    await readTo((await streamChat(request, house.handler, { signal })).value);
    await readTo((await streamChat(asked(GPT), house.handler, { signal })).value);
    for await (const _ of (await streamChat(request, house.handler, { signal })).value) break;
    await completeChat(asked("nope"), house.handler, { signal }).catch(() => undefined);
    house.bedrock.enqueue({ ...answer, fault: { kind: "truncate", afterEvents: 3 } });
    await readTo((await streamChat(request, house.handler, { signal })).value);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

it("keeps its connection for options that are given again", async () => {
  const options = {
    endpoint: house.bedrock.url,
    region: "us-east-1",
    credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "a".repeat(40) },
  };
  await completeChat(asked(CLAUDE), options);
  await readTo((await streamChat(asked(CLAUDE), options)).value);
  await completeChat(asked(CLAUDE), options);
  expect(house.bedrock.connections).toBe(1);
});
