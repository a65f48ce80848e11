import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTextInJson } from "../../../../../src/wires/responses/reply/text-in-json.ts";

/** What is read of each piece. */
const read = (...pieces: string[]): string[] => pieces.map(createTextInJson());

describe("a text within JSON that is still coming", () => {
  it("is read as far as it has come", () => {
    expect(read('{"in', 'put": "Hel', "lo", " wor\\", 'nld"', "}")).toEqual([
      "",
      "Hel",
      "lo",
      " wor",
      "\nld",
      "",
    ]);
  });

  it.each([
    ["an escape", ['{"input":"a\\', '"b"}'], ["a", '"b']],
    ["a character's number", ['{"input":"a\\u00', 'e9"}'], ["a", "é"]],
    ["a pair of numbers", ['{"input":"\\ud83d', '\\ude00!"}'], ["", "😀!"]],
  ])("never cuts %s", (_, pieces, texts) => {
    expect(read(...pieces)).toEqual(texts);
  });

  it.each([
    ["another argument", '{"patch":"abc"}'],
    ["no object", '["input","abc"]'],
    ["no text", '{"input":{"a":"b"}}'],
    ["a long silence", `${" ".repeat(1_000)}{"input":"abc"}`],
  ])("is left to the end where %s comes first", (_, json) => {
    expect(read(json, '{"input":"abc"}')).toEqual(["", ""]);
  });

  it("ends where it ends, whatever else is said", () => {
    expect(read('{"input":"a","more":"b","input":"c"}', '"input":"d"')).toEqual(["a", ""]);
  });

  it("says nothing of what turns out to be no JSON", () => {
    expect(read('{"input":"a', "\n", 'b"}')).toEqual(["a", "", ""]);
  });

  it("is the whole text, however it was cut", () => {
    const unit = fc.oneof(fc.constantFrom("binary-ascii" as const), fc.constant("grapheme" as const));
    const texts = unit.chain((each) => fc.string({ unit: each, maxLength: 60 }));
    fc.assert(
      fc.property(texts, fc.array(fc.nat(80)), fc.boolean(), (text, cuts, isEscaped) => {
        const plain = JSON.stringify({ input: text });
        const json = isEscaped ? plain.replace(/[^ -~]/g, escaped) : plain;
        const ends = [...cuts, json.length].toSorted((one, other) => one - other);
        const pieces = ends.map((end, index) => json.slice(ends[index - 1] ?? 0, end));
        expect(read(...pieces).join("")).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
