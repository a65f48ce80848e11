import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { createBedrockFetch } from "../../../integrations/openai.ts";
import type { BedrockOpenAIOptions } from "../../../src/index.ts";
import { frame } from "../../support/frames.ts";
import type { Act } from "../../support/raw-server.ts";
import { LATER } from "./answers.ts";
import { partly } from "./acts/frames.ts";
import { after, headers, nothing, reset, says, some } from "./acts/say.ts";
import { MODELS, openAws, requestFor } from "./aws.ts";
import { endOf } from "./end-of.ts";
import { WAYS, type Way } from "./fault.ts";
import { nothingLeft } from "./nothing-left.ts";

/** What is repeated, what is not, and how often. */

const refusal = (status: string, name: string, more: Record<string, string> = {}): Act =>
  says(status, { "content-type": "application/json", "x-amzn-errortype": name, ...more }, '{"message":"no"}');

const BUSY_FRAME = frame(
  { ":message-type": "exception", ":exception-type": "serviceUnavailableException" },
  '{"message":"no"}',
);

/** AWS says how long to wait, or the SDK would. */
const THROTTLED = refusal("429 Slow", "ThrottlingException", { "retry-after": "0" });
const BUSY = refusal("503 Busy", "ServiceUnavailableException");
const INVALID = refusal("400 Bad", "ValidationException");

interface Outcome {
  end: string;
  retryAfter: string | null;
  requests: number;
}

const called = (way: Way, acts: readonly Act[], options: BedrockOpenAIOptions): Promise<Outcome> =>
  nothingLeft(async () => {
    const { server, withOptions } = await openAws();
    try {
      server.next(...acts);
      const response = await withOptions(options)(requestFor(way));
      const end = await endOf(response, server.requests > 1);
      return { end, retryAfter: response.headers.get("retry-after"), requests: server.requests };
    } finally {
      await server.close();
    }
  });

describe.each(WAYS)("a call (%s)", (way) => {
  it.each<[string, Act]>([
    ["throttled", THROTTLED],
    ["told that there is no capacity", BUSY],
    ["reset before its headers", after(nothing, reset)],
  ])("that is %s, and then answered, is answered", async (_, fault) => {
    expect(await called(way, [fault], { retries: 1 })).toMatchObject({ end: "the answer", requests: 2 });
  });

  it("that fails twice with one repetition has the second failure, and is not to be tried on top of it", async () => {
    const { end, requests } = await called(way, [BUSY, THROTTLED], { retries: 1 });
    expect([end, requests]).toEqual(["429 rate_limit_exceeded", 2]);
  });

  it("that is refused for what it is, is asked once", async () => {
    const { end, requests } = await called(way, [INVALID], { retries: 2 });
    expect([end, requests]).toEqual(["400 invalid_request_error", 1]);
  });

  it("that is throttled passes on how long to wait", async () => {
    const slow = refusal("429 Slow", "ThrottlingException", { "retry-after": "17" });
    expect(await called(way, [slow], { retries: 0 })).toEqual({
      end: "429 rate_limit_exceeded",
      requests: 1,
      retryAfter: "17",
    });
  });
});

describe("a stream of which nothing has been told", () => {
  it.each<[string, Act]>([
    ["is reset behind its headers", after(headers, reset)],
    ["has an exception first", partly(0, BUSY_FRAME)],
    ["has an exception behind its start", partly(1, BUSY_FRAME)],
    ["is damaged", partly(1, Buffer.from("no frame at all"))],
    ["just ends", partly(1)],
  ])("is asked for again when it %s", async (_, fault) => {
    expect(await called("stream", [fault], { retries: 1 })).toMatchObject({ end: "the answer", requests: 2 });
  });
});

describe("a stream of which something has been told", () => {
  it.each<[string, Act]>([
    ["is reset", after(some, reset)],
    ["has an exception", partly(LATER, BUSY_FRAME)],
  ])("is never asked for again when it %s", async (_, fault) => {
    const { end, requests } = await called("stream", [fault], { retries: 2 });
    expect(end).toMatch(/^frame /);
    expect(requests).toBe(1);
  });
});

describe("OpenAI's own client", () => {
  it.each([0, 1, 2])("does not multiply %i repetitions by its own", async (retries) => {
    const { server, withOptions } = await openAws({ otherwise: BUSY });
    const fetch = createBedrockFetch(withOptions({ retries }));
    const client = new OpenAI({ apiKey: "x", baseURL: "http://bedrock/v1", fetch, maxRetries: 1 });
    const call = client.chat.completions.create({
      model: MODELS.whole,
      messages: [{ role: "user", content: "Hi" }],
    });
    await expect(call).rejects.toMatchObject({ status: 503, code: "service_unavailable" });
    // Where we did not repeat anything, it may once.
    expect(server.requests).toBe(retries === 0 ? 2 : retries + 1);
    await server.close();
  });
});
