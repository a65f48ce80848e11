import { describe, expect, it } from "vitest";
import type { ResponseEvent } from "../../../../src/openai/responses/events.ts";
import { createResponseFrames } from "../../../../src/wires/responses/frames.ts";

const delta = (item_id: string, text: string, more: object = {}): ResponseEvent =>
  ({
    type: "response.output_text.delta",
    item_id,
    output_index: 0,
    content_index: 0,
    delta: text,
    logprobs: [],
    ...more,
  }) as ResponseEvent;

const read = (frames: string): unknown[] =>
  frames
    .split("\n\n")
    .filter(Boolean)
    .map((frame) => {
      const [name, data] = frame.split("\n") as [string, string];
      const event = JSON.parse(data.slice("data: ".length)) as { type: string };
      expect(name).toBe(`event: ${event.type}`);
      return event;
    });

describe("the frames of a response", () => {
  it("are numbered through, over all arrivals, from where they are to begin", () => {
    const write = createResponseFrames(7);
    const told = [write([delta("a", "x"), delta("a", "y")]), write([]), write([delta("a", "z")])].join("");
    expect(read(told)).toMatchObject([
      { sequence_number: 7, delta: "x" },
      { sequence_number: 8, delta: "y" },
      { sequence_number: 9, delta: "z" },
    ]);
  });

  it("say of every piece of a text all that the piece says, whichever pieces come before it", () => {
    const events = [
      delta("a", "x"),
      delta("a", '"\n\u2028'),
      delta("b", "y", { output_index: 3 }),
      delta("a", "back"),
      delta("a", "second part", { content_index: 1 }),
      delta("a", "first part"),
      delta("a", "likely", { logprobs: [{ token: "likely", logprob: 0, bytes: [], top_logprobs: [] }] }),
      delta("a", "padded", { obfuscation: "abc" }),
      delta("a", "last"),
    ];
    const told = events.map((event, sequence_number) => ({ ...event, sequence_number }));
    expect(read(createResponseFrames()(events))).toEqual(told);
  });
});
