import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readConverseEvents } from "../../src/bedrock/courier/stream-events.ts";
import type { ConverseStreamEvent } from "../../src/conversation/types.ts";
import type { ChatChoice, ChatDelta, ChatUsage, ReplyToolCall } from "../../src/openai/chat-response.ts";
import { encode } from "../../src/wires/chat/encode.ts";
import { createChatChunks, createChatStream } from "../../src/wires/chat/stream.ts";
import { type Answer, answer, split, streamOf } from "../support/arbitraries.ts";
import { concat, eventFrame } from "../support/frames.ts";
import { type Chunk, chunksOf } from "../support/sse.ts";

const head = { id: "chatcmpl-1", created: 1, model: "m" };

const answerAndStream = answer.chain((one) => fc.tuple(fc.constant(one), streamOf(one)));

async function decode(reads: Iterable<Uint8Array>): Promise<ConverseStreamEvent[]> {
  const body = (async function* () {
    yield* reads;
  })();
  const events: ConverseStreamEvent[] = [];
  for await (const batch of readConverseEvents(body, "m")) events.push(...batch);
  return events;
}

function sse(events: readonly ConverseStreamEvent[]): string {
  const stream = createChatStream(head, { includeUsage: true });
  return events.map((event) => stream.push(event)).join("") + stream.end();
}

describe("a stream, whatever the network makes of it", () => {
  it("gives the same chunks for any split of its bytes", async () => {
    const bytesAndSplit = answerAndStream
      .map(([, events]) => concat(...events.map(eventFrame)))
      .chain((bytes) => fc.tuple(fc.constant(bytes), split(bytes)));
    await fc.assert(
      fc.asyncProperty(bytesAndSplit, async ([bytes, reads]) => {
        expect(sse(await decode(reads))).toBe(sse(await decode([bytes])));
      }),
      { numRuns: 300 },
    );
  });

  it("folds to the answer that would have come in one piece", () => {
    fc.assert(
      fc.property(answerAndStream, ([whole, events]) => {
        const { chunks, done } = chunksOf(sse(events));
        const completion = encode(
          [{ output: { message: { content: whole.content } }, ...pick(whole) }],
          head,
        );
        expect(done).toBe(true);
        const folded = fold(chunks);
        expect(folded.usage).toEqual(completion.usage);
        expect(normalise(folded.choice)).toEqual(normalise(completion.choices[0]!));
      }),
      { numRuns: 500 },
    );
  });

  it("is the same in text and in objects", () => {
    fc.assert(
      fc.property(answerAndStream, fc.boolean(), ([, events], includeUsage) => {
        const text = createChatStream(head, { includeUsage });
        const objects = createChatChunks(head, { includeUsage });
        const told = events.map((event) => text.push(event)).join("") + text.end();
        const chunks = [...events.flatMap((event) => objects.push(event)), ...objects.end()];
        expect(chunks).toStrictEqual(chunksOf(told).chunks);
      }),
      { numRuns: 300 },
    );
  });

  it("never makes a cut stream look whole", async () => {
    const cutShort = answerAndStream
      .map(([, events]) => concat(...events.slice(0, -2).map(eventFrame)))
      .chain((bytes) => fc.tuple(fc.constant(bytes), fc.nat(bytes.length)));
    await fc.assert(
      fc.asyncProperty(cutShort, async ([bytes, end]) => {
        await expect(decode([bytes.slice(0, end)])).rejects.toMatchObject({ code: "stream_interrupted" });
      }),
      { numRuns: 200 },
    );
  });
});

const pick = ({ stopReason, usage }: Answer): Pick<Answer, "stopReason" | "usage"> => ({ stopReason, usage });

/** What every client does with the chunks of one choice. */
function fold(chunks: readonly Chunk[]): { choice: ChatChoice; usage: ChatUsage | null | undefined } {
  const message: ChatChoice["message"] = { role: "assistant", content: "", refusal: null };
  let finish: ChatChoice["finish_reason"] | undefined;
  let usage: ChatUsage | null | undefined;
  for (const chunk of chunks) {
    usage = chunk.usage ?? usage;
    const [choice] = chunk.choices;
    if (!choice) continue;
    addDelta(message, choice.delta);
    if (choice.finish_reason) {
      expect(finish).toBeUndefined();
      finish = choice.finish_reason as ChatChoice["finish_reason"];
    }
  }
  return { choice: { index: 0, message, logprobs: null, finish_reason: finish! }, usage };
}

type FunctionCall = Extract<ReplyToolCall, { function: object }>;

function addDelta(message: ChatChoice["message"], delta: ChatDelta): void {
  message.content += delta.content ?? "";
  if (delta.reasoning_content)
    message.reasoning_content = (message.reasoning_content ?? "") + delta.reasoning_content;
  if (delta.reasoning) message.reasoning = (message.reasoning ?? "") + delta.reasoning;
  for (const call of delta.tool_calls ?? []) {
    const calls = (message.tool_calls ??= []);
    if (call.id !== undefined) {
      expect(call.index).toBe(calls.length);
      calls.push({ id: call.id, type: "function", function: { name: call.function!.name!, arguments: "" } });
    }
    (calls[call.index] as FunctionCall).function.arguments += call.function!.arguments;
  }
}

/** No text beside tool calls is `null` whole and nothing at all streamed; arguments are compared as JSON. */
const normalise = (choice: ChatChoice): unknown => ({
  ...choice,
  message: {
    ...choice.message,
    content: choice.message.content ?? "",
    tool_calls: (choice.message.tool_calls ?? []).map((call) => ({
      ...call,
      function: {
        name: (call as FunctionCall).function.name,
        arguments: JSON.parse((call as FunctionCall).function.arguments) as unknown,
      },
    })),
  },
});
