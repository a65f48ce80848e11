import { describe, expect, it } from "vitest";
import { eventAt, type TextEvent } from "../../../../integrations/openai/events.ts";

function allOf(text: string): Omit<TextEvent, "end">[] {
  const events: Omit<TextEvent, "end">[] = [];
  for (let at = 0; at < text.length;) {
    const { end, ...event } = eventAt(text, at);
    expect(end).toBeGreaterThan(at);
    events.push(event);
    at = end;
  }
  return events;
}

describe("an event of a stream's text", () => {
  it("is one line of data, after its name or without one", () => {
    expect(allOf('data: {"a":1}\n\nevent: said\ndata: {"b":2}\n\ndata: [DONE]\n\n')).toEqual([
      { name: undefined, data: '{"a":1}' },
      { name: "said", data: '{"b":2}' },
      { name: undefined, data: "[DONE]" },
    ]);
  });

  it.each([
    ["a comment", ": keep-alive\n\n", undefined],
    ["data in several lines", "data: {\ndata: }\n\n", undefined],
    ["a name that comes late", "data: {}\nevent: said\n\n", undefined],
    ["a name alone", "event: said\n\n", "said"],
    ["a name and something else", "event: said\nid: 1\ndata: {}\n\n", "said"],
    ["data without its blank", "data:{}\n\n", undefined],
    ["lines that end otherwise", "data: {}\r\n\r\n", undefined],
    ["an event without its end", "data: {}\n", undefined],
    ["an event that is cut", "data: {", undefined],
  ])("has no data that could be misread where it is %s", (_, text, name) => {
    expect(allOf(text)).toEqual([{ name, data: undefined }]);
  });
});
