import OpenAI from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createBedrockFetch } from "../../../integrations/openai.ts";
import { type BedrockOpenAIHandler, completeChat, embed, streamChat } from "../../../src/index.ts";
import { eventually } from "../../support/bedrock.ts";
import { drained } from "../../support/clients.ts";
import type { Act } from "../../support/raw-server.ts";
import { partly } from "./acts/frames.ts";
import { after, close, headers, nothing, reset, says, silence, some } from "./acts/say.ts";
import { LATER } from "./answers.ts";
import { type Aws, MODELS, openAws } from "./aws.ts";
import { type End, everywhere, midway, WAYS, type Way } from "./fault.ts";

/** The same faults, as OpenAI's own client throws them, and as our functions do without HTTP. */

const CASES: readonly [string, Act, Record<Way, End>][] = [
  ["a reset", after(nothing, reset), everywhere("503 bedrock_unreachable")],
  ["silence", after(headers, silence), everywhere("504 timeout")],
  [
    "HTML",
    says("503 Busy", { "content-type": "text/html" }, "<html>"),
    everywhere("503 service_unavailable"),
  ],
  [
    "a throttling",
    says("429 Slow", { "x-amzn-errortype": "ThrottlingException" }, '{"message":"no"}'),
    everywhere("429 rate_limit_exceeded"),
  ],
  ["a lost connection", after(some, close), midway("503 bedrock_unreachable", "frame stream_interrupted")],
  ["a silence in the midst", after(some, silence), midway("504 timeout", "frame timeout")],
];

const user = [{ role: "user" as const, content: "Hi" }];

interface Caller {
  ask: Record<Way, () => Promise<AsyncIterable<unknown> | object>>;
  /** What it throws for a status, and what for a frame. */
  thrown(end: End): object;
}

function openaiClient(handler: BedrockOpenAIHandler): Caller {
  const fetch = createBedrockFetch(handler);
  const client = new OpenAI({ apiKey: "x", baseURL: "http://bedrock/v1", fetch, maxRetries: 0 });
  const { completions } = client.chat;
  return {
    ask: {
      whole: () => completions.create({ model: MODELS.whole, messages: user }),
      stream: () => completions.create({ model: MODELS.stream, messages: user, stream: true }),
      embeddings: () => client.embeddings.create({ model: MODELS.embeddings, input: "x" }),
    },
    thrown(end) {
      const [status, code] = end.split(" ");
      return status === "frame" ? { code, status: undefined } : { code, status: Number(status) };
    },
  };
}

const functions = (handler: BedrockOpenAIHandler): Caller => ({
  ask: {
    whole: () => completeChat({ model: MODELS.whole, messages: user }, handler),
    stream: async () => (await streamChat({ model: MODELS.stream, messages: user }, handler)).value,
    embeddings: () => embed({ model: MODELS.embeddings, input: "x" }, handler),
  },
  thrown(end) {
    const [status, code] = end.split(" ");
    return { name: "BedrockOpenAIError", code, ...(status !== "frame" && { status: Number(status) }) };
  },
});

/** What is thrown by the call itself, or while it is read. */
async function failureOf(call: () => Promise<AsyncIterable<unknown> | object>): Promise<unknown> {
  let hasBegun = false;
  try {
    const answer = await call();
    hasBegun = true;
    if (Symbol.asyncIterator in answer) for await (const _ of answer) continue;
  } catch (thrown) {
    return Object.assign(thrown as object, { hasBegun });
  }
  throw new Error("It did not fail.");
}

let aws: Aws;
beforeEach(async () => {
  aws = await openAws();
});
afterEach(() => aws.server.close());

describe.each([
  ["the openai client", openaiClient],
  ["completeChat, streamChat, embed", functions],
] as const)("%s", (_, open) => {
  describe.each(CASES)("throws %s", (_, act, ends) => {
    it.each(WAYS)("(%s) as its own error, and leaves AWS", async (way) => {
      const caller = open(aws.withOptions({ timeouts: { firstByte: 2_000, idle: 300 } }));
      aws.server.next(act);
      const failure = await failureOf(caller.ask[way]);
      expect(failure).toMatchObject(caller.thrown(ends[way]));
      expect(failure).toMatchObject({ hasBegun: ends[way].startsWith("frame") });
      await eventually(() => aws.server.busy === 0);
      const next = await caller.ask[way]();
      if (Symbol.asyncIterator in next) expect(await drained(next)).not.toEqual([]);
    });
  });

  it("is left in the midst of a stream, and so is AWS", async () => {
    aws.server.next(after(some, silence));
    const stream = (await open(aws.withOptions({})).ask.stream()) as AsyncIterable<unknown>;
    for await (const _ of stream) break;
    await eventually(() => aws.server.busy === 0);
    expect(aws.logged).toEqual([]);
  });

  it("does not take a stream for whole that ends without its end", async () => {
    aws.server.next(partly(LATER));
    const failure = await failureOf(open(aws.withOptions({})).ask.stream);
    expect(failure).toMatchObject({ code: "stream_interrupted", hasBegun: true });
  });
});
