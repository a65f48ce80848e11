import { describe, expect, it } from "vitest";
import { eventAt, type TextEvent } from "../../../../integrations/openai/events.ts";

function eventsIn(text: string): TextEvent[] {
  const events: TextEvent[] = [];
  for (let at = 0; at < text.length;) {
    const event = eventAt(text, at);
    expect(event.end).toBeGreaterThan(at);
    events.push(event);
    at = event.end;
  }
  return events;
}

const allOf = (text: string): Pick<TextEvent, "name" | "data">[] =>
  eventsIn(text).map(({ name, data }) => ({ name, data }));

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

  it("is a comment only where no data is behind it", () => {
    const text = ": keep-alive\n\n: said before\ndata: {}\n\ndata: {}\n\n: cut";
    expect(eventsIn(text).map(({ isComment }) => isComment)).toEqual([true, false, false, false]);
  });
});
