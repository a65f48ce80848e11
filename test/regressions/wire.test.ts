import { describe, expect, it } from "vitest";
import type { Fault } from "../../src/testing/index.ts";
import { CLAUDE, eventually, NOVA } from "../support/bedrock.ts";
import { ANSWER, concat, eventFrame, exceptionFrame, frame } from "../support/frames.ts";
import { chatRequest } from "../support/requests.ts";
import { says, visit } from "./visit.ts";

const at = visit();
const WORDS = says("one two three four five six");
const FRAMES = ANSWER.map(eventFrame);
const BYTES = concat(...FRAMES);
/** Where each frame ends. */
const ENDS = FRAMES.map((_, index) => concat(...FRAMES.slice(0, index + 1)).length);
const STOPPED = ENDS[ANSWER.findIndex((event) => event.messageStop)]!;
const body = { model: CLAUDE };

/** Whether a stream told its caller that it was not to be believed. */
const failure = async () => {
  const { chunks, done } = await at.chunks(body);
  expect(done).toBe(false);
  expect(chunks.every((chunk) => !chunk.choices?.[0]?.finish_reason)).toBe(true);
  return chunks.at(-1)!.error;
};

describe("a stream that AWS breaks off in words", () => {
  it.each([
    ["throttlingException", "rate_limit_exceeded", "rate_limit_error"],
    ["serviceUnavailableException", "service_unavailable", "server_error"],
    ["internalServerException", null, "server_error"],
    ["modelStreamErrorException", "model_stream_error", "server_error"],
    ["validationException", null, "invalid_request_error"],
  ])(
    "by %s ends in that error, never in a stop and [DONE] (litellm#490, litellm#589, litellm#1790, litellm#4338, litellm#24608, litellm#24609, llmgateway#1820, vercel/ai@8ca1352, portkey, ai-gateway, agentgateway)",
    async (type, code, kind) => {
      at.replies({ ...WORDS, fault: { kind: "exception", afterEvents: 3, type, message: "AWS says so" } });
      expect(await failure()).toMatchObject({ code, type: kind });
    },
  );

  it("by an exception under the name of an event too", async () => {
    const named = frame(
      { ":event-type": "throttlingException", ":message-type": "event" },
      '{"message":"slow"}',
    );
    at.replies({ bytes: [...FRAMES.slice(0, 3), named] });
    expect(await failure()).toMatchObject({ code: "rate_limit_exceeded" });
  });

  it.each(["", "{}", "not JSON", "[]", "null"])(
    "without a word of explanation (%j) still says something (llmgateway#1820)",
    async (payload) => {
      const headers = { ":exception-type": "throttlingException", ":message-type": "exception" };
      at.replies({ bytes: [...FRAMES.slice(0, 3), frame(headers, payload)] });
      const error = await failure();
      expect(error).toMatchObject({ code: "rate_limit_exceeded" });
      expect(error!.message).not.toMatch(/^(|undefined|null)$/);
    },
  );

  it.each<[string, number]>([
    ["throttlingException", 429],
    ["serviceUnavailableException", 503],
    ["validationException", 400],
    ["internalServerException", 500],
  ])(
    "before its first event by %s is that HTTP status (litellm#4338, litellm#24608)",
    async (type, status) => {
      at.replies({ bytes: [exceptionFrame(type, { message: "no" })] });
      expect((await at.refused({ ...body, stream: true })).status).toBe(status);
    },
  );
});

describe("a stream that breaks off without a word", () => {
  it("anywhere before messageStop, or within a frame, is never a whole answer (litellm#32686, vercel/ai@1ac9af8, vercel/ai@e0776b9)", async () => {
    const cuts = [0, ...ENDS].flatMap((end) => [end - 1, end, end + 1, end + 3, end + 13]);
    const broken = cuts.filter((cut) => cut > 0 && cut < BYTES.length && cut !== STOPPED);
    for (const cut of broken) {
      at.replies({ bytes: [BYTES.slice(0, cut)] });
      const response = await at.house.handler(chatRequest({ ...body, stream: true }));
      const text = await response.text();
      expect([cut, text.includes("[DONE]"), text.includes('"error"')]).toEqual([cut, false, true]);
    }
  });

  it.each<[string, Fault]>([
    ["a wrong checksum", { kind: "bad-crc", afterEvents: 3 }],
    ["a wrong prelude", { kind: "bad-prelude", afterEvents: 3 }],
    ["a frame larger than any of AWS's (agentgateway#1378)", { kind: "oversize", afterEvents: 3 }],
    ["an end in the middle of a frame", { kind: "truncate", afterEvents: 3 }],
    ["a lost connection", { kind: "reset", afterEvents: 3 }],
  ])("by %s is an error, and the next stream is sound (portkey, ai-gateway)", async (_, fault) => {
    at.replies({ ...WORDS, fault });
    expect(await failure()).toMatchObject({ code: "stream_interrupted", type: "server_error" });
    expect((await at.ask(body, true)).finish).toBe("stop");
  });

  it("as a whole answer is an error as well", async () => {
    for (const kind of ["truncate", "reset"] as const) {
      at.replies({ ...WORDS, fault: { kind, afterEvents: 1 } });
      expect((await at.refused(body)).status).toBeGreaterThanOrEqual(500);
    }
  });
});

describe("a stream in pieces", () => {
  it.each([1, 2, 3, 5, 13, 64])(
    "of %i bytes is the same answer, preludes and characters torn apart or not (agentgateway#2113, portkey)",
    async (splitBytes) => {
      at.replies({ bytes: [BYTES], splitBytes });
      const { content, calls, finish, usage } = await at.ask(body, true);
      expect([content, finish, usage!.total_tokens]).toEqual(["Grüße 👋", "tool_calls", 8]);
      expect(calls).toEqual([{ id: "tooluse_1", name: "now", arguments: "{}" }]);
    },
  );

  it("is asked for without compression, which would hold it back to its end (bifrost#4542)", async () => {
    await at.ask(body, true);
    expect(at.received.at(-1)!.headers["accept-encoding"] ?? "identity").toBe("identity");
  });

  it("is told as it comes, not at its end (bifrost#4542)", async () => {
    at.replies({ ...WORDS, fault: { kind: "stall", afterEvents: 3 } });
    const response = await at.house.handler(chatRequest({ ...body, stream: true }));
    const reader = response.body!.getReader();
    let text = "";
    while (!text.includes("two")) text += new TextDecoder().decode((await reader.read()).value);
    expect(text).toContain("one");
    await reader.cancel();
    await eventually(() => at.received[0]!.aborted);
  });
});

describe("a reader who leaves", () => {
  it("stops the model (portkey, langchainjs)", async () => {
    at.replies({ ...says("word ".repeat(500)), delayMs: 20 });
    const response = await at.house.handler(chatRequest({ ...body, stream: true }));
    const reader = response.body!.getReader();
    await reader.read();
    await reader.cancel();
    await eventually(() => at.received[0]!.aborted);
    expect(at.house.logged).toEqual([]);
  });

  it("by signal stops it too, streamed or whole (langchainjs)", async () => {
    for (const stream of [false, true]) {
      at.replies({ ...WORDS, fault: { kind: "stall", afterEvents: -1 } });
      const leaving = new AbortController();
      const answer = at.house.handler(chatRequest({ ...body, stream }, { signal: leaving.signal }));
      await eventually(() => at.house.bedrock.openRequests === 1);
      leaving.abort();
      await answer;
      await eventually(() => at.received.at(-1)!.aborted);
    }
  });
});

describe("time", () => {
  it("in all is not bounded, only silence is: a long stream lives (bifrost, bedrock-access-gateway#158)", async () => {
    at.replies({ ...says("word ".repeat(30)), delayMs: 60 });
    const timeouts = { firstByte: 1_500, idle: 1_500 };
    expect((await at.ask(body, true, { timeouts })).content).toBe("word ".repeat(30));
  });

  it("without a piece ends the stream and the AWS call (litellm#23375, litellm#38210, langchainjs)", async () => {
    at.replies({ ...WORDS, fault: { kind: "stall", afterEvents: 3 } });
    const { chunks, done } = await at.chunks(body, { timeouts: { idle: 200 } });
    expect([chunks.at(-1)!.error!.code, done]).toEqual(["timeout", false]);
    await eventually(() => at.received[0]!.aborted);
  });

  it("without a first word is a timeout of that name (bedrock-access-gateway#158)", async () => {
    at.replies({ ...WORDS, fault: { kind: "stall", afterEvents: -1 } });
    const { status, error } = await at.refused(body, { timeouts: { firstByte: 50 } });
    expect([status, error.code]).toEqual([504, "timeout"]);
    await eventually(() => at.received[0]!.aborted);
  });
});

describe("a connection that AWS closed while it was idle", () => {
  it.each([false, true])(
    "is made again without the caller's notice (bifrost; stream: %s)",
    async (stream) => {
      const handler = at.house.withOptions({ retries: 2 });
      const call = async () => (await handler(chatRequest({ model: NOVA, stream }))).text();
      await call();
      at.replies({ fault: { kind: "reset", afterEvents: -1 } });
      expect(await call()).toContain('"finish_reason":"stop"');
      expect(at.received).toHaveLength(3);
    },
  );

  it("is an error that may be tried again where retries are off", async () => {
    at.replies({ fault: { kind: "reset", afterEvents: -1 } });
    const { status, headers } = await at.refused({ model: NOVA });
    expect([status, headers.get("x-should-retry")]).toEqual([503, "true"]);
  });
});
