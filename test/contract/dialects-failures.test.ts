import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../../src/testing/index.ts";
import { eventually, type House, openHouse } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";
import { type Chunk, chunksOf } from "../support/sse.ts";
import { ask, invoked, user } from "./dialects.ts";
import { DIALECT_MODELS, targetOf } from "./dialects-table.ts";

/** Whatever goes wrong on InvokeModel's side, the caller is told so, and never takes a half answer for a whole one. */

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await eventually(() => house.bedrock.openRequests === 0);
  await house.bedrock.close();
});

const STREAMING = DIALECT_MODELS.filter((model) => targetOf(model).traits.streaming);
const CLAUDE = "invoke/us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const LLAMA = "invoke/meta.llama3-8b-instruct-v1:0";

const asked = (model: string) => ({ model, messages: [user("Hi", model)] });
const WORDS = { content: [{ text: "one two three four five six seven eight nine" }] };

async function chunks(model: string): Promise<{ chunks: Chunk[]; done: boolean }> {
  const response = await house.handler(chatRequest({ ...asked(model), stream: true }));
  expect(response.status).toBe(200);
  return chunksOf(await response.text());
}

describe("AWS's refusal before the answer keeps its status", () => {
  it.each([
    ["ValidationException", 400],
    ["AccessDeniedException", 403],
    ["ResourceNotFoundException", 404],
    ["ModelTimeoutException", 408],
    ["ThrottlingException", 429],
    ["ServiceQuotaExceededException", 429],
    ["InternalServerException", 500],
    ["ServiceUnavailableException", 503],
  ])("%s is %d, whole and streamed", async (name, status) => {
    for (const stream of [false, true]) {
      house.bedrock.enqueue({ error: { name, message: "no" } });
      const told = await ask(house.handler, asked(LLAMA), { stream });
      expect([told.status, told.error!.type]).toEqual([status, expect.stringMatching(/_(error|quota)$/)]);
    }
  });

  it("and the model's own status where AWS tells it", async () => {
    const error = { name: "ModelErrorException", message: "no", members: { originalStatusCode: 429 } };
    house.bedrock.enqueue({ error });
    expect((await ask(house.handler, asked(CLAUDE))).status).toBe(429);
  });
});

/** After two good frames. */
const FAULTS: [string, Fault, string | null][] = [
  [
    "an exception",
    { kind: "exception", afterEvents: 2, type: "throttlingException", message: "slow" },
    "rate_limit_exceeded",
  ],
  [
    "a model's failure",
    { kind: "exception", afterEvents: 2, type: "modelStreamErrorException", message: "oops" },
    "model_stream_error",
  ],
  [
    "a time-out of the model",
    { kind: "exception", afterEvents: 2, type: "modelTimeoutException", message: "slow" },
    "timeout",
  ],
  [
    "an error that no model has",
    { kind: "error-frame", afterEvents: 2, code: "New", message: "?" },
    "stream_interrupted",
  ],
  ["a frame cut short", { kind: "truncate", afterEvents: 2 }, "stream_interrupted"],
  ["an end without a stop reason", { kind: "end", afterEvents: 2 }, "stream_interrupted"],
  ["a wrong checksum", { kind: "bad-crc", afterEvents: 2 }, "stream_interrupted"],
  ["a wrong prelude", { kind: "bad-prelude", afterEvents: 2 }, "stream_interrupted"],
  ["a giant frame", { kind: "oversize", afterEvents: 2 }, "stream_interrupted"],
  ["a lost connection", { kind: "reset", afterEvents: 2 }, "stream_interrupted"],
];

describe("a stream that breaks is never taken for a whole one", () => {
  it.each(FAULTS)("by %s", async (_, fault, code) => {
    house.bedrock.enqueue({ ...WORDS, fault, delayMs: 5 });
    const { chunks: told, done } = await chunks(LLAMA);
    expect(done).toBe(false);
    expect(told.at(-1)!.error).toMatchObject({ code });
    expect(told.flatMap(({ choices = [] }) => choices).some((choice) => choice.finish_reason)).toBe(false);
  });

  it.each(STREAMING)("of %s, which ends before it says that it does", async (model) => {
    house.bedrock.enqueue({ ...WORDS, fault: { kind: "end", afterEvents: 3 }, delayMs: 2 });
    const response = await house.handler(chatRequest({ ...asked(model), stream: true }));
    expect(await response.text()).toMatch(/"code":"stream_interrupted"/);
  });

  it.each(["internalServerException", "validationException", "throttlingException"])(
    "but refused where %s comes first: there is still a status to tell it by",
    async (type) => {
      house.bedrock.enqueue({ ...WORDS, fault: { kind: "exception", afterEvents: 0, type, message: "no" } });
      const { status } = await ask(house.handler, asked(LLAMA), { stream: true });
      expect(status).toBe(
        { internalServerException: 500, validationException: 400, throttlingException: 429 }[type],
      );
    },
  );
});

describe("JSON that is no answer", () => {
  it.each(DIALECT_MODELS)("is a failure of %s, not an empty answer", async (model) => {
    for (const response of [{}, [], null, "text", 7, { message: { no: 1 } }, { results: [], choices: [] }]) {
      house.bedrock.enqueue({ response });
      const { status, error } = await ask(house.handler, asked(model));
      expect([status, error!.code]).toEqual([502, "empty_response"]);
    }
  });

  it.each(["not JSON at all", "", '{"generation":"half'])(
    "is a failure where it is none: %j",
    async (text) => {
      house.bedrock.enqueue({ bytes: [Buffer.from(text)], headers: { "content-type": "application/json" } });
      const { status, error } = await ask(house.handler, asked(LLAMA));
      expect([status >= 500, JSON.stringify(error).includes("half")]).toEqual([true, false]);
    },
  );

  it.each(STREAMING)("in a stream of %s is passed over, and its end is none", async (model) => {
    house.bedrock.enqueue({ chunks: [{}, { type: "ping" }, { of_a_new_kind: [1] }] });
    const { status, error } = await ask(house.handler, asked(model), { stream: true });
    expect([status, error?.code]).toEqual([502, "stream_interrupted"]);
  });

  it.each<[string, unknown]>([
    ["a text", "text"],
    ["a number", 7],
    ["a list", [1]],
    ["null", null],
  ])("in a stream that is no object but %s is a failure", async (_, chunk) => {
    house.bedrock.enqueue({ chunks: [chunk] });
    for (const model of [LLAMA, CLAUDE]) {
      const { status } = await ask(house.handler, asked(model), { stream: true });
      expect(status).toBeGreaterThanOrEqual(500);
      house.bedrock.enqueue({ chunks: [chunk] });
    }
    house.bedrock.reset();
  });

  it.each(STREAMING)("of %s that reports an error is one", async (model) => {
    house.bedrock.enqueue({ chunks: [{ error: { type: "overloaded_error", message: "busy" } }] });
    const { status, error } = await ask(house.handler, asked(model), { stream: true });
    expect([status, error!.code]).toEqual([503, "service_unavailable"]);
  });
});

describe("a caller who leaves stops the model", () => {
  it.each([CLAUDE, LLAMA])("in the middle of a stream of %s", async (model) => {
    house.bedrock.enqueue({ content: [{ text: "word ".repeat(2_000) }], delayMs: 5 });
    const response = await house.handler(chatRequest({ ...asked(model), stream: true }));
    const reader = response.body!.getReader();
    await reader.read();
    await reader.cancel();
    await eventually(() => invoked(house).at(-1)?.aborted === true);
    expect(house.logged).toEqual([]);
  });

  it("before a whole answer", async () => {
    house.bedrock.enqueue({ ...WORDS, fault: { kind: "stall", afterEvents: -1 } });
    const controller = new AbortController();
    const answering = house.handler(chatRequest(asked(LLAMA), { signal: controller.signal }));
    await eventually(() => invoked(house).length === 1);
    controller.abort();
    await answering;
    await eventually(() => invoked(house).at(-1)?.aborted === true);
  });
});

describe("silence has an end", () => {
  it.each([false, true])("before the first byte (stream: %s)", async (stream) => {
    const handler = house.withOptions({ timeouts: { firstByte: 50 } });
    house.bedrock.enqueue({ ...WORDS, fault: { kind: "stall", afterEvents: -1 } });
    const { status, error } = await ask(handler, asked(LLAMA), { stream });
    expect([status, error!.type]).toEqual([504, "server_error"]);
  });

  it("in the middle of a stream", async () => {
    const handler = house.withOptions({ timeouts: { idle: 50 } });
    house.bedrock.enqueue({ ...WORDS, fault: { kind: "stall", afterEvents: 3 } });
    const response = await handler(chatRequest({ ...asked(LLAMA), stream: true }));
    const { chunks: told, done } = chunksOf(await response.text());
    expect([done, told.at(-1)!.error !== undefined]).toEqual([false, true]);
  });

  it("in the middle of a whole answer", async () => {
    const handler = house.withOptions({ timeouts: { idle: 50 } });
    house.bedrock.enqueue({ ...WORDS, fault: { kind: "stall", afterEvents: 0 } });
    expect((await ask(handler, asked(LLAMA))).status).toBeGreaterThanOrEqual(500);
  });
});
