import Anthropic from "@anthropic-ai/sdk";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readConverseEvents } from "../../src/bedrock/courier/stream-events.ts";
import type { CallContext } from "../../src/context.ts";
import type { ConverseStreamEvent } from "../../src/conversation/types.ts";
import { toFrames } from "../../src/wires/frames.ts";
import { encode } from "../../src/wires/messages/encode.ts";
import { failureEvent } from "../../src/wires/messages/failure.ts";
import { createMessageStream } from "../../src/wires/messages/stream.ts";
import { anyStream, bytesOf, brokenStream, orderlyStream, splitStream } from "../support/answer-streams.ts";
import { checkMessageEvents, messageEventsOf, type ToldBlock } from "../support/message-events.ts";

const head = { id: "msg_1", created: 1, model: "m" };
const form = { stops: ["END"], extras: false };

/** As much of a call as telling its answer needs. */
function calling(): CallContext {
  const controller = new AbortController();
  const context = {
    signal: controller.signal,
    record: {},
    requestId: "req_1",
    log: { error: () => undefined, warn: () => undefined },
    abort: (reason: unknown) => controller.abort(reason),
    release: () => undefined,
  };
  return context as unknown as CallContext;
}

async function told(reads: Iterable<Uint8Array>): Promise<string> {
  const body = (async function* () {
    yield* reads;
  })();
  const arrivals = (async function* () {
    for await (const events of readConverseEvents(body, "m"))
      yield [0, events] as [number, ConverseStreamEvent[]];
  })();
  let text = "";
  for await (const frames of toFrames(arrivals, createMessageStream(head, form), calling(), failureEvent))
    text += frames;
  return text;
}

describe("the events of a message, whatever ConverseStream says and the network makes of it", () => {
  it("keep every rule that clients rely on", async () => {
    await fc.assert(
      fc.asyncProperty(anyStream, async ([whole, events]) => {
        const { message, failure } = checkMessageEvents(messageEventsOf(await told([bytesOf(events)])));
        expect(failure).toBeUndefined();
        expect(message!.stop_reason).not.toBeNull();
        expect(message!.usage).toMatchObject({
          input_tokens: whole.usage.inputTokens,
          output_tokens: whole.usage.outputTokens,
        });
      }),
      { numRuns: 400 },
    );
  });

  it("are the same for any split of the bytes", async () => {
    await fc.assert(
      fc.asyncProperty(splitStream, async ([bytes, reads]) => {
        expect(await told(reads)).toBe(await told([bytes]));
      }),
      { numRuns: 200 },
    );
  });

  it("tell the message that would have come whole", async () => {
    await fc.assert(
      fc.asyncProperty(orderlyStream, async ([whole, events]) => {
        const { message } = checkMessageEvents(messageEventsOf(await told([bytesOf(events)])));
        expect(message).toEqual(asData(encode(whole, head, form)));
      }),
      { numRuns: 400 },
    );
  });

  it("lose no word and no call, in whatever order its pieces come", async () => {
    await fc.assert(
      fc.asyncProperty(anyStream, async ([, events]) => {
        const { message } = checkMessageEvents(messageEventsOf(await told([bytesOf(events)])));
        expect(saidIn(message!.content)).toEqual(saidBy(events));
      }),
      { numRuns: 400 },
    );
  });

  it("end in an error, and in nothing that looks like success, wherever the stream breaks", async () => {
    await fc.assert(
      fc.asyncProperty(brokenStream, async (bytes) => {
        const { failure } = checkMessageEvents(messageEventsOf(await told([bytes])));
        expect(failure).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });

  it("are put together by Anthropic's client as by us", async () => {
    await fc.assert(
      fc.asyncProperty(orderlyStream, async ([whole, events]) => {
        const text = await told([bytesOf(events)]);
        const client = new Anthropic({
          apiKey: "x",
          fetch: async () => new Response(text, { headers: { "content-type": "text/event-stream" } }),
        });
        const stream = client.messages.stream({ model: "m", max_tokens: 1, messages: [] });
        const { content, stop_reason, usage } = await stream.finalMessage();
        const answer = encode(whole, head, form);
        expect(stop_reason).toBe(answer.stop_reason);
        expect(usage.input_tokens).toBe(answer.usage.input_tokens);
        expect(asData(content)).toEqual(asData(answer.content));
      }),
      { numRuns: 100 },
    );
  });
});

interface Said {
  text: string;
  thoughts: string;
  inputs: unknown[];
}

const saidIn = (content: readonly ToldBlock[]): Said => ({
  text: content.map(({ text }) => text ?? "").join(""),
  thoughts: content.map(({ thinking }) => thinking ?? "").join(""),
  inputs: content.flatMap(({ type, input }) => (type === "tool_use" ? [input] : [])),
});

/** The same, read off what Bedrock said: calls in the order in which they begin, each with its own pieces. */
function saidBy(events: readonly ConverseStreamEvent[]): Said {
  const deltas = events.flatMap(({ contentBlockDelta }) => (contentBlockDelta ? [contentBlockDelta] : []));
  const calls = events.flatMap(({ contentBlockStart: begun }) =>
    begun?.start?.toolUse && begun.start.toolUse.type === undefined ? [begun.contentBlockIndex] : [],
  );
  const inputOf = (call: number): string =>
    deltas
      .filter(({ contentBlockIndex }) => contentBlockIndex === call)
      .map(({ delta }) => delta.toolUse?.input ?? "")
      .join("");
  return {
    text: deltas.map(({ delta }) => delta.text ?? "").join(""),
    thoughts: deltas.map(({ delta }) => delta.reasoningContent?.text ?? "").join(""),
    inputs: calls.map((call) => JSON.parse(inputOf(call) || "{}") as unknown),
  };
}

const asData = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
