import { describe, expect, it } from "vitest";
import type { ConverseStreamEvent } from "../../../../src/conversation/types.ts";
import { createChatStream } from "../../../../src/wires/chat/stream.ts";
import { ANSWER } from "../../../support/frames.ts";
import { chunksOf } from "../../../support/sse.ts";

const head = { id: "chatcmpl-1", created: 1_700_000_000, model: "m" };

function stream(events: ConverseStreamEvent[], includeUsage = false): ReturnType<typeof chunksOf> {
  const chat = createChatStream(head, { includeUsage });
  return chunksOf(events.map((event) => chat.push(event)).join("") + chat.end());
}

const delta = (index: number, part: Record<string, unknown>): ConverseStreamEvent => ({
  contentBlockDelta: { contentBlockIndex: index, delta: part },
});
const toolStart = (index: number, toolUseId: string, name: string): ConverseStreamEvent => ({
  contentBlockStart: { contentBlockIndex: index, start: { toolUse: { toolUseId, name } } },
});
const stop = (stopReason: string): ConverseStreamEvent => ({ messageStop: { stopReason } });
const start: ConverseStreamEvent = { messageStart: { role: "assistant" } };

describe("chat chunks", () => {
  it("are the golden transcript", () => {
    const { chunks, done } = stream(ANSWER, true);
    expect(done).toBe(true);
    expect(chunks.map((chunk) => chunk.choices[0]?.delta ?? chunk.usage)).toEqual([
      { role: "assistant", content: "", refusal: null },
      { content: "Grüße " },
      { content: "👋" },
      {
        tool_calls: [
          { index: 0, id: "tooluse_1", type: "function", function: { name: "now", arguments: "" } },
        ],
      },
      { tool_calls: [{ index: 0, function: { arguments: "{}" } }] },
      {},
      {
        prompt_tokens: 3,
        completion_tokens: 5,
        total_tokens: 8,
        prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
      },
    ]);
    expect(chunks.at(-2)!.choices[0]!.finish_reason).toBe("tool_calls");
    expect(chunks.at(-1)!.choices).toEqual([]);
  });

  it("have one head in common and a null usage only where usage was asked for", () => {
    for (const chunk of stream(ANSWER, true).chunks.slice(0, -1)) {
      expect(chunk).toMatchObject({ ...head, object: "chat.completion.chunk", usage: null });
    }
    for (const chunk of stream(ANSWER).chunks) expect(chunk).not.toHaveProperty("usage");
  });

  it("number tools densely although text and reasoning take block indexes", () => {
    const { chunks } = stream([
      start,
      delta(0, { reasoningContent: { text: "hm" } }),
      delta(1, { text: "Let me see." }),
      toolStart(2, "a", "f"),
      delta(2, { toolUse: { input: '{"x":' } }),
      delta(2, { toolUse: { input: "1}" } }),
      toolStart(5, "b", "g"),
      delta(5, { toolUse: { input: "" } }),
      { contentBlockStop: { contentBlockIndex: 5 } },
      stop("tool_use"),
    ]);
    const calls = chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? []);
    expect(calls.map((call) => [call.index, call.id, call.function!.arguments])).toEqual([
      [0, "a", ""],
      [0, undefined, '{"x":'],
      [0, undefined, "1}"],
      [1, "b", ""],
      [1, undefined, "{}"],
    ]);
  });

  it("close a call without arguments even when its stop event never comes", () => {
    const { chunks } = stream([start, toolStart(0, "a", "f"), stop("tool_use")]);
    expect(chunks.at(-2)!.choices[0]!.delta.tool_calls![0]!.function!.arguments).toBe("{}");
  });

  it("send the role first and once, also when messageStart is missing", () => {
    const { chunks } = stream([delta(0, { text: "Hi" }), stop("end_turn")]);
    expect(chunks.map((chunk) => chunk.choices[0]!.delta.role)).toEqual(["assistant", undefined, undefined]);
  });

  it("finish once, in an empty delta, whatever the order of metadata and messageStop", () => {
    const metadata: ConverseStreamEvent = {
      metadata: { usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 } },
    };
    const { chunks } = stream([start, delta(0, { text: "Hi" }), metadata, stop("end_turn")], true);
    const finishes = chunks.filter((chunk) => chunk.choices[0]?.finish_reason);
    expect(finishes).toHaveLength(1);
    expect(finishes[0]!.choices[0]).toMatchObject({ delta: {}, finish_reason: "stop" });
    expect(chunks.at(-1)!.usage).toMatchObject({ total_tokens: 2 });
  });

  it("carry reasoning under both names, and with its signature when it is complete", () => {
    const { chunks } = stream([
      start,
      delta(0, { reasoningContent: { text: "hm" } }),
      delta(0, { reasoningContent: { signature: "abc" } }),
      stop("end_turn"),
    ]);
    expect(chunks[1]!.choices[0]!.delta).toEqual({ reasoning_content: "hm", reasoning: "hm" });
    expect(chunks[2]!.choices[0]!.delta).toEqual({
      thinking_blocks: [{ type: "thinking", thinking: "hm", signature: "abc" }],
    });
    expect(chunks).toHaveLength(4);
  });

  it("pass over events they do not know", () => {
    const unknown = { somethingNew: { p: "x" } } as ConverseStreamEvent;
    expect(
      stream([start, unknown, { contentBlockStart: { contentBlockIndex: 0, start: {} } }, stop("end_turn")])
        .chunks,
    ).toHaveLength(2);
  });
});
