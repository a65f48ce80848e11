import { describe, expect, it } from "vitest";
import type { ResponseEvent } from "../../../../../src/openai/responses/events.ts";
import { addMerged } from "../../../../../src/wires/responses/background/merge.ts";

const text = (delta: string, more: object = {}): ResponseEvent =>
  ({
    type: "response.output_text.delta",
    item_id: "msg_1",
    output_index: 0,
    content_index: 0,
    delta,
    logprobs: [],
    ...more,
  }) as ResponseEvent;

const merged = (events: readonly ResponseEvent[]): ResponseEvent[] => {
  const waiting: ResponseEvent[] = [];
  for (const event of events) addMerged(waiting, event);
  return waiting;
};

describe("pieces that wait to be kept", () => {
  it("of one text become one piece, with the probabilities of all", () => {
    expect(merged([text("a", { logprobs: [1] }), text("b", { logprobs: [2] }), text("c")])).toEqual([
      text("abc", { logprobs: [1, 2] }),
    ]);
  });

  it.each([
    ["another item", { item_id: "msg_2", output_index: 1 }],
    ["another part", { content_index: 1 }],
    ["another kind", { type: "response.refusal.delta" }],
    ["a member that the other has not", { annotation: 1 }],
  ])("of %s stay apart", (_, more) => {
    const events = [text("a"), text("b", more)];
    expect(merged(events)).toEqual(events);
    expect(merged(events.toReversed())).toEqual(events.toReversed());
  });

  it("do not pass what stands between them", () => {
    const between = {
      type: "response.output_text.annotation.added",
      item_id: "msg_1",
    } as unknown as ResponseEvent;
    expect(merged([text("a"), between, text("b")])).toEqual([text("a"), between, text("b")]);
  });

  it("lose the padding that the wire has", () => {
    expect(merged([text("a", { obfuscation: "xyz" }), text("b", { obfuscation: "q" })])).toEqual([
      text("ab"),
    ]);
  });

  it("are not changed themselves: others hold them too", () => {
    const first = text("a");
    merged([first, text("b")]);
    expect(first).toEqual(text("a"));
  });

  it("that are no texts stay as they came", () => {
    const audio = text("a", { delta: { bytes: 1 } });
    expect(merged([audio, audio])).toEqual([audio, audio]);
  });
});
