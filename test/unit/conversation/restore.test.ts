import { describe, expect, it } from "vitest";
import { createEventRestorer, restoreResponse } from "../../../src/conversation/restore.ts";
import type { ContentBlock, ConverseResponse, ConverseStreamEvent } from "../../../src/conversation/types.ts";

const restore = { toolNames: new Map([["my_tool", "my.tool"]]), jsonTool: "event" };

const response = (...content: ContentBlock[]): ConverseResponse => ({
  output: { message: { role: "assistant", content } },
  stopReason: "tool_use",
  usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
});
const use = (name: string, input = {}): ContentBlock => ({ toolUse: { toolUseId: "a", name, input } });

const start = (contentBlockIndex: number, name: string): ConverseStreamEvent => ({
  contentBlockStart: { contentBlockIndex, start: { toolUse: { toolUseId: "a", name } } },
});
const input = (contentBlockIndex: number, text: string): ConverseStreamEvent => ({
  contentBlockDelta: { contentBlockIndex, delta: { toolUse: { input: text } } },
});
const stop: ConverseStreamEvent = { messageStop: { stopReason: "tool_use" } };

describe("what fitting did to the request is undone in the answer", () => {
  it("names are the caller's again", () => {
    expect(restoreResponse(response(use("my_tool")), restore)).toMatchObject({
      output: { message: { content: [{ toolUse: { name: "my.tool" } }] } },
      stopReason: "tool_use",
    });
    expect(createEventRestorer(restore)(start(0, "my_tool"))).toEqual(start(0, "my.tool"));
  });

  it("the hidden tool's input is the text of the answer, which then ends like any other", () => {
    const restored = restoreResponse(response(use("event", { a: 1 })), restore);
    expect(restored.output.message!.content).toEqual([{ text: '{"a":1}' }]);
    expect(restored.stopReason).toBe("end_turn");

    const events = [start(0, "event"), input(0, '{"a":'), input(0, "1}"), stop].map(
      createEventRestorer(restore),
    );
    expect(events.map((event) => event.contentBlockDelta?.delta.text ?? "").join("")).toBe('{"a":1}');
    expect(events.some((event) => event.contentBlockStart?.start)).toBe(false);
    expect(events.at(-1)!.messageStop!.stopReason).toBe("end_turn");
  });

  it("beside a real tool call the answer is still a tool call, block by block", () => {
    const restored = restoreResponse(response(use("event", { a: 1 }), use("my_tool")), restore);
    expect(restored.stopReason).toBe("tool_use");
    const events = [start(0, "event"), start(1, "my_tool"), input(0, "{}"), input(1, "[]"), stop].map(
      createEventRestorer(restore),
    );
    expect(events[2]!.contentBlockDelta!.delta).toEqual({ text: "{}" });
    expect(events[3]!.contentBlockDelta!.delta).toEqual({ toolUse: { input: "[]" } });
    expect(events[4]!.messageStop!.stopReason).toBe("tool_use");
  });

  it("a cut answer stays cut", () => {
    const cut = { ...response(use("event")), stopReason: "max_tokens" };
    expect(restoreResponse(cut, restore).stopReason).toBe("max_tokens");
  });
});
