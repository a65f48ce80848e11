import { describe, expect, it } from "vitest";
import type { ConverseStreamEvent } from "../../../../src/conversation/types.ts";
import { createCompletionStream, type StreamForm } from "../../../../src/wires/completions/stream.ts";
import { ANSWER } from "../../../support/frames.ts";
import { chunksOf } from "../../../support/sse.ts";

const head = { id: "cmpl-1", created: 1_700_000_000, model: "m" };

const said = (index: number, text: string, finish_reason: string | null = null) => ({
  ...head,
  object: "text_completion",
  choices: [{ text, index, logprobs: null, finish_reason }],
});

/** What is written of events, each with its choice. */
function written(events: [ConverseStreamEvent, number?][], form: Partial<StreamForm> = {}) {
  const stream = createCompletionStream(head, form);
  return chunksOf(events.map(([event, choice]) => stream.push(event, choice)).join("") + stream.end());
}

const start: ConverseStreamEvent = { messageStart: { role: "assistant" } };
const stop: ConverseStreamEvent = { messageStop: { stopReason: "end_turn" } };
const text = (words: string): ConverseStreamEvent => ({
  contentBlockDelta: { contentBlockIndex: 0, delta: { text: words } },
});

describe("completion chunks", () => {
  it("are the text as it comes, one finish, and nothing of thoughts and calls", () => {
    const { chunks, done } = written(ANSWER.map((event) => [event]));
    expect(done).toBe(true);
    expect(chunks).toEqual([said(0, "Grüße "), said(0, "👋"), said(0, "", "stop")]);
  });

  it("tell usage last where it was asked for, and null until then", () => {
    const { chunks } = written(
      ANSWER.map((event) => [event]),
      { includeUsage: true },
    );
    expect(chunks.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
    expect(chunks.at(-1)).toMatchObject({ ...head, choices: [], usage: { total_tokens: 8 } });
  });

  it("begin with the prompt of their own choice, once, also where the answer is empty", () => {
    const events: [ConverseStreamEvent, number][] = [
      [start, 1],
      [start, 0],
      [text("b"), 1],
      [stop, 1],
      [stop, 0],
    ];
    expect(written(events, { echoes: ["A", "B"] }).chunks).toEqual([
      said(1, "B"),
      said(0, "A"),
      said(1, "b"),
      said(1, "", "stop"),
      said(0, "", "stop"),
    ]);
  });

  it("carry a guardrail's trace where it was asked for", () => {
    const trace = { guardrail: { inputAssessment: {} } };
    const metadata: ConverseStreamEvent = {
      metadata: {
        usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
        metrics: { latencyMs: 1 },
        trace,
      },
    };
    expect(written([[stop], [metadata]], { extras: true }).chunks.at(-1)).toMatchObject({
      choices: [],
      trace,
    });
    expect(written([[stop], [metadata]]).chunks).toHaveLength(1);
  });
});
