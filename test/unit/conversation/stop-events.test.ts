import { describe, expect, it } from "vitest";
import { createEventCutter } from "../../../src/conversation/stop-events.ts";
import type { ContentBlockDelta, ConverseStreamEvent } from "../../../src/conversation/types.ts";

const delta = (contentBlockIndex: number, part: ContentBlockDelta): ConverseStreamEvent => ({
  contentBlockDelta: { contentBlockIndex, delta: part },
});
const text = (index: number, said: string): ConverseStreamEvent => delta(index, { text: said });
const thinks = (index: number, said: string): ConverseStreamEvent =>
  delta(index, { reasoningContent: { text: said } });
const cites = (index: number): ConverseStreamEvent => delta(index, { citation: { title: "T" } });
const calls = (contentBlockIndex: number): ConverseStreamEvent => ({
  contentBlockStart: { contentBlockIndex, start: { toolUse: { toolUseId: "t", name: "f" } } },
});
const begins = (contentBlockIndex: number): ConverseStreamEvent => ({
  contentBlockStart: { contentBlockIndex },
});
const ends = (contentBlockIndex: number): ConverseStreamEvent => ({
  contentBlockStop: { contentBlockIndex },
});
const stops = (stopReason: string, fields?: object): ConverseStreamEvent => ({
  messageStop: { stopReason, ...(fields && { additionalModelResponseFields: fields }) },
});
const START: ConverseStreamEvent = { messageStart: { role: "assistant" } };
const USAGE: ConverseStreamEvent = {
  metadata: { usage: { inputTokens: 1, outputTokens: 9, totalTokens: 10 } },
};

/** What each event brings about, and then the end. */
function steps(...events: ConverseStreamEvent[]): ConverseStreamEvent[][] {
  const cutter = createEventCutter(["END"]);
  return [...events.map(cutter.push), cutter.end()];
}

describe("a stream is cut at its first stop sequence", () => {
  it("what cannot be its beginning is told at once, event by event", () => {
    const events = [START, text(0, "a"), text(0, " b"), ends(0), begins(1), text(1, "c"), cites(1), ends(1)];
    expect(steps(...events, stops("end_turn"), USAGE)).toEqual([
      ...[...events, stops("end_turn"), USAGE].map((event) => [event]),
      [],
    ]);
  });

  it("what may be its beginning waits until it is none", () => {
    expect(steps(text(0, "a E"), text(0, "N"), text(0, "d E"))).toEqual([
      [text(0, "a ")],
      [],
      [text(0, "E"), text(0, "N"), text(0, "d ")],
      [text(0, "E")],
    ]);
  });

  it("nothing of it is told, and nothing after it but how the answer ended and what it cost", () => {
    const more = [text(0, "b"), ends(0), thinks(1, "hm"), calls(2), ends(2)];
    expect(steps(text(0, "a E"), text(0, "ND"), ...more, stops("max_tokens", { a: 1 }), USAGE)).toEqual([
      [text(0, "a ")],
      [ends(0)],
      ...more.map(() => []),
      [stops("stop_sequence", { a: 1 })],
      [USAGE],
      [],
    ]);
  });

  it("torn over blocks, in their order", () => {
    expect(steps(text(0, "a E"), ends(0), cites(0), text(1, "N"), ends(1), text(2, "x")).flat()).toEqual([
      text(0, "a "),
      text(0, "E"),
      ends(0),
      cites(0),
      text(1, "N"),
      ends(1),
      text(2, "x"),
    ]);
    expect(steps(text(0, "a E"), ends(0), text(1, "ND")).flat()).toEqual([
      text(0, "a "),
      ends(0),
      stops("stop_sequence"),
    ]);
  });

  it.each([thinks(1, "hm"), calls(1), stops("tool_use"), USAGE])(
    "but not across a thought, a call or the end, which never wait: %j",
    (event) => {
      expect(steps(text(0, "a E"), ends(0), event, text(2, "ND")).slice(0, 3)).toEqual([
        [text(0, "a ")],
        [],
        [text(0, "E"), ends(0), event],
      ]);
    },
  );

  it("also one that waited for a longer one which began before it", () => {
    const cutter = createEventCutter(["abcd", "bc"]);
    expect([text(0, "xabc"), stops("end_turn"), USAGE].map(cutter.push)).toEqual([
      [text(0, "x")],
      [text(0, "a"), ends(0), stops("stop_sequence")],
      [USAGE],
    ]);
  });

  it("and ends like an answer where AWS is not listened to any more", () => {
    expect(steps(text(0, "a END")).at(-1)).toEqual([stops("stop_sequence")]);
    expect(steps(text(0, "a END"), stops("end_turn")).at(-1)).toEqual([]);
  });

  it("but a guardrail that spoke is still told of", () => {
    expect(steps(text(0, "END"), stops("guardrail_intervened")).at(-2)).toEqual([
      stops("guardrail_intervened"),
    ]);
  });

  it("is looked at once, however long it may be and however often it begins", () => {
    const cutter = createEventCutter([`${"a".repeat(50_000)}b`]);
    let told = 0;
    for (let piece = 0; piece < 200_000; piece += 1) told += cutter.push(text(0, "a")).length;
    expect(told).toBe(150_000);
    expect(cutter.end()).toHaveLength(50_000);
  });
});
