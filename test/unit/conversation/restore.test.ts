import { describe, expect, it } from "vitest";
import { restoreResponse } from "../../../src/conversation/restore.ts";
import { createEventRestorer } from "../../../src/conversation/restore-events.ts";
import type { ContentBlock, ConverseResponse, ConverseStreamEvent } from "../../../src/conversation/types.ts";

const restore = {
  toolNames: new Map([["my_tool", "my.tool"]]),
  jsonTool: "event",
  jsonText: true,
  stopAt: [],
};

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

const text = (contentBlockIndex: number, value: string): ConverseStreamEvent => ({
  contentBlockDelta: { contentBlockIndex, delta: { text: value } },
});
const end = (contentBlockIndex: number): ConverseStreamEvent => ({ contentBlockStop: { contentBlockIndex } });

const restored = (...events: ConverseStreamEvent[]): ConverseStreamEvent[] =>
  events.flatMap(createEventRestorer(restore)!);

const textOf = (events: ConverseStreamEvent[]): string =>
  events.map((event) => event.contentBlockDelta?.delta.text ?? "").join("");

describe("what fitting did to the request is undone in the answer", () => {
  it("names are the caller's again", () => {
    expect(restoreResponse(response(use("my_tool")), restore)).toMatchObject({
      output: { message: { content: [{ toolUse: { name: "my.tool" } }] } },
      stopReason: "tool_use",
    });
    expect(restored(start(0, "my_tool"))).toEqual([start(0, "my.tool")]);
  });

  it("where nothing was done nothing is undone, at no cost", () => {
    expect(
      createEventRestorer({ toolNames: new Map(), jsonTool: undefined, jsonText: false, stopAt: [] }),
    ).toBeUndefined();
  });

  it("the hidden tool's input is the text of the answer, which then ends like any other", () => {
    const whole = restoreResponse(response(use("event", { a: 1 })), restore);
    expect(whole.output.message!.content).toEqual([{ text: '{"a":1}' }]);
    expect(whole.stopReason).toBe("end_turn");

    const events = restored(start(0, "event"), input(0, '{"a":'), input(0, "1}"), end(0), stop);
    expect(textOf(events)).toBe('{"a":1}');
    expect(events.some((event) => event.contentBlockStart)).toBe(false);
    expect(events.at(-1)!.messageStop!.stopReason).toBe("end_turn");
  });

  it("an input of nothing is an empty object, whole and streamed", () => {
    expect(restoreResponse(response(use("event")), restore).output.message!.content).toEqual([
      { text: "{}" },
    ]);
    expect(textOf(restored(start(0, "event"), end(0), stop))).toBe("{}");
  });

  it("prose around the call and a second call are not part of it", () => {
    const whole = restoreResponse(
      response({ text: "Sure!" }, use("event", { a: 1 }), use("event", { a: 2 })),
      restore,
    );
    expect(whole.output.message!.content).toEqual([{ text: '{"a":1}' }]);
    const events = restored(
      text(0, "Sure!"),
      end(0),
      start(1, "event"),
      input(1, '{"a":1}'),
      end(1),
      start(2, "event"),
      input(2, '{"a":2}'),
      end(2),
      text(3, "There."),
      stop,
    );
    expect(textOf(events)).toBe('{"a":1}');
  });

  it("an answer in plain text, where the model could not be made to call, is kept", () => {
    const whole = restoreResponse({ ...response({ text: '{"a":1}' }), stopReason: "end_turn" }, restore);
    expect(whole.output.message!.content).toEqual([{ text: '{"a":1}' }]);
    const events = restored(text(0, '{"a"'), text(0, ":1}"), end(0), {
      messageStop: { stopReason: "end_turn" },
    });
    expect(textOf(events)).toBe('{"a":1}');
    expect(events.at(-1)!.messageStop).toBeDefined();
  });

  it("beside a real tool call the answer is still a tool call, block by block", () => {
    const whole = restoreResponse(response(use("event", { a: 1 }), use("my_tool")), restore);
    expect(whole.stopReason).toBe("tool_use");
    const events = restored(start(0, "event"), start(1, "my_tool"), input(0, "{}"), input(1, "[]"), stop);
    expect(events).toEqual([start(1, "my.tool"), text(0, "{}"), input(1, "[]"), stop]);
  });

  it("a cut answer stays cut", () => {
    const cut = { ...response(use("event")), stopReason: "max_tokens" };
    expect(restoreResponse(cut, restore).stopReason).toBe("max_tokens");
  });

  it("an answer in six hundred thousand pieces of text holds nobody up", () => {
    const content = Array.from({ length: 600_000 }, (_, at): ContentBlock => ({
      text: at === 0 ? '{"a":1' : " ",
    }));
    const { output, ...rest } = response();
    const whole = restoreResponse(
      { ...rest, output: { ...output, message: { ...output.message, content } } },
      restore,
    );
    expect(whole.output.message.content).toHaveLength(1);
  });
});
