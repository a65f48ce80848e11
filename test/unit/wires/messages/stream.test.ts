import { describe, expect, it } from "vitest";
import type { ConverseStreamEvent } from "../../../../src/conversation/types.ts";
import { createMessageStream } from "../../../../src/wires/messages/stream.ts";
import { messageEventsOf, type ToldEvent } from "../../../support/message-events.ts";

const begins = (contentBlockIndex: number): ConverseStreamEvent => ({
  contentBlockStart: {
    contentBlockIndex,
    start: { toolUse: { toolUseId: `call_${contentBlockIndex}`, name: "f" } },
  },
});
const gets = (contentBlockIndex: number, input: string): ConverseStreamEvent => ({
  contentBlockDelta: { contentBlockIndex, delta: { toolUse: { input } } },
});
const says = (contentBlockIndex: number, text: string): ConverseStreamEvent => ({
  contentBlockDelta: { contentBlockIndex, delta: { text } },
});
const ends = (contentBlockIndex: number): ConverseStreamEvent => ({
  contentBlockStop: { contentBlockIndex },
});
const STOP: ConverseStreamEvent = { messageStop: { stopReason: "tool_use" } };
const UNUSABLE: ConverseStreamEvent = { messageStop: { stopReason: "malformed_model_output" } };

const WORDS: Readonly<Record<string, (event: ToldEvent) => string>> = {
  content_block_start: ({ index }) => `start ${index}`,
  content_block_delta: ({ index, delta }) => `${index}: ${delta.partial_json ?? delta.text}`,
  content_block_stop: ({ index }) => `stop ${index}`,
};
const blocksOf = (text: string): string[] =>
  messageEventsOf(text).flatMap((event) => WORDS[event.type]?.(event) ?? []);

const answering = () =>
  createMessageStream({ id: "msg_1", created: 1, model: "m" }, { stops: [], extras: false });

/** What is told of each event, and when the answer breaks off behind them. */
function told(events: readonly ConverseStreamEvent[]): { each: string[][]; brokenOff: string[] } {
  const stream = answering();
  return {
    each: events.map((event) => blocksOf(stream.push(event))),
    brokenOff: blocksOf(stream.breakOff!()),
  };
}

describe("clients that hold one block at a time", () => {
  it("lose nothing of calls that are all open to the end", () => {
    const { each } = told([begins(0), gets(0, '{"a":1}'), begins(1), gets(1, '{"b":2}'), STOP]);
    expect(each.flat()).toEqual(["start 0", '0: {"a":1}', "stop 0", "start 1", '1: {"b":2}', "stop 1"]);
  });

  it("hear of the next call as it comes, where the one before is whole", () => {
    const { each } = told([begins(0), gets(0, '{"a":1}'), begins(1), gets(1, "{"), ends(0), gets(1, "}")]);
    expect(each).toEqual([["start 0"], ['0: {"a":1}'], ["stop 0", "start 1"], ["1: {"], [], ["1: }"]]);
  });

  it("hear of it when that one has ended, where pieces of both come in turn", () => {
    const { each } = told([
      begins(0),
      begins(1),
      gets(1, "{"),
      gets(0, "{}"),
      gets(1, "}"),
      ends(0),
      ends(1),
    ]);
    expect(each).toEqual([
      ["start 0"],
      [],
      [],
      ["0: {}"],
      [],
      ["stop 0", "start 1", "1: {", "1: }"],
      ["stop 1"],
    ]);
  });

  it("hear of every block that has waited, in the order in which they began", () => {
    const open = [begins(0), gets(0, '{"a":'), says(1, "So"), begins(2), gets(2, "{}"), says(3, "then")];
    const { each } = told([...open, gets(0, '"}"}'), ends(0), says(3, ".")]);
    expect(each.slice(2, 6).flat()).toEqual([]);
    expect(each.slice(6)).toEqual([
      ['0: "}"}'],
      ["stop 0", "start 1", "1: So", "stop 1", "start 2", "2: {}", "stop 2", "start 3", "3: then"],
      ["3: ."],
    ]);
  });
});

describe("an answer that breaks off while blocks wait", () => {
  it("tells them where the call before them is whole", () => {
    const { brokenOff } = told([begins(0), gets(0, '{"a":'), begins(1), gets(1, "{"), gets(0, "1}")]);
    expect(brokenOff).toEqual(["stop 0", "start 1", "1: {"]);
  });

  it("never ends a call that was cut off, which clients would make", () => {
    const { brokenOff } = told([begins(0), gets(0, '{"a":{}'), begins(1), gets(1, "{}")]);
    expect(brokenOff).toEqual([]);
  });

  it("ends nothing where nothing waits", () => {
    expect(told([begins(0), gets(0, "{}")]).brokenOff).toEqual([]);
  });

  it("ends no call of output that was unusable", () => {
    const stream = answering();
    for (const event of [begins(0), gets(0, '{"a":')]) stream.push(event);
    expect(() => stream.push(UNUSABLE)).toThrow();
    expect(blocksOf(stream.breakOff!())).toEqual([]);
  });
});
