import { describe, expect, it } from "vitest";
import { createTextEvents } from "../../../../src/dialects/parts/text-events.ts";

describe("the events of a text", () => {
  it("open a block for the thoughts and another for the text, and close both", () => {
    const events = createTextEvents();
    expect([
      ...events.add([]),
      ...events.add([{ kind: "reasoning", text: "a" }]),
      ...events.add([
        { kind: "text", text: "" },
        { kind: "text", text: "b" },
      ]),
      ...events.stop("end_turn"),
    ]).toEqual([
      { messageStart: { role: "assistant" } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { reasoningContent: { text: "a" } } } },
      { contentBlockStop: { contentBlockIndex: 0 } },
      { contentBlockDelta: { contentBlockIndex: 1, delta: { text: "b" } } },
      { contentBlockStop: { contentBlockIndex: 1 } },
      { messageStop: { stopReason: "end_turn" } },
    ]);
  });

  it("tell an empty answer without a block, and nothing after the end", () => {
    const events = createTextEvents();
    expect(events.stop("max_tokens")).toEqual([
      { messageStart: { role: "assistant" } },
      { messageStop: { stopReason: "max_tokens" } },
    ]);
    expect([...events.add([{ kind: "text", text: "a" }]), ...events.stop("end_turn")]).toEqual([]);
  });
});
