import { describe, expect, it } from "vitest";
import type { CallContext } from "../../../src/context.ts";
import type { ConverseStreamEvent } from "../../../src/conversation/types.ts";
import type { BedrockOpenAIError } from "../../../src/errors.ts";
import { createChatChunks, createChatStream } from "../../../src/wires/chat/stream.ts";
import { toChunks } from "../../../src/wires/chunks.ts";
import { createRecord } from "../../../src/record/record.ts";
import { toFrames } from "../../../src/wires/frames.ts";
import { chunksOf } from "../../support/sse.ts";

const head = { id: "chatcmpl-1", created: 1, model: "m" };
const start: ConverseStreamEvent = { messageStart: { role: "assistant" } };
const said: ConverseStreamEvent = { contentBlockDelta: { contentBlockIndex: 0, delta: { text: "Hi" } } };
const broken: ConverseStreamEvent = { messageStop: { stopReason: "malformed_model_output" } };

/** A call, and what happened to it. */
function call() {
  const happened: string[] = [];
  const controller = new AbortController();
  const context = {
    signal: controller.signal,
    requestId: "req_1",
    record: createRecord(),
    log: { error: (message: string) => void happened.push(message) },
    abort: (reason: unknown) => {
      happened.push("aborted");
      controller.abort(reason);
    },
    release: () => void happened.push("released"),
  } as unknown as CallContext;
  return { happened, context };
}

async function* arriving(
  ...arrivals: ConverseStreamEvent[][]
): AsyncGenerator<[number, ConverseStreamEvent[]]> {
  for (const events of arrivals) yield [0, events];
}

const ALL: [string, ConverseStreamEvent[][]][] = [
  ["one by one", [[start], [said], [broken]]],
  ["together", [[start, said, broken]]],
  ["in part", [[start], [said, broken]]],
];
const LOGGED = [expect.stringContaining("malformed"), "aborted", "released"];

describe("an answer that breaks tells what was said before, however it arrived", () => {
  it.each(ALL)("as text: %s", async (_, arrivals) => {
    const { happened, context } = call();
    let text = "";
    for await (const piece of toFrames(arriving(...arrivals), createChatStream(head), context)) text += piece;
    const { chunks, done } = chunksOf(text);
    expect(done).toBe(false);
    expect(chunks.map(({ choices, error }) => choices?.[0]?.delta ?? error?.code)).toEqual([
      { role: "assistant", content: "", refusal: null },
      { content: "Hi" },
      "malformed_model_output",
    ]);
    expect(happened).toEqual(LOGGED);
  });

  it.each(ALL)("as chunks: %s", async (_, arrivals) => {
    const { happened, context } = call();
    const told: unknown[] = [];
    try {
      for await (const chunk of toChunks(arriving(...arrivals), createChatChunks(head), context))
        told.push(chunk.choices[0]!.delta);
    } catch (thrown) {
      told.push((thrown as BedrockOpenAIError).code);
    }
    expect(told).toEqual([
      { role: "assistant", content: "", refusal: null },
      { content: "Hi" },
      "malformed_model_output",
    ]);
    expect(happened).toEqual(LOGGED);
  });
});
