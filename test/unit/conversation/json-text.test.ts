import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createJsonText, extractJson } from "../../../src/conversation/json-text.ts";

/** What comes out of an answer that arrives in these pieces. */
function pushed(pieces: readonly string[]): string {
  const json = createJsonText();
  return pieces.map((piece) => json.push(piece)).join("") + json.end();
}

/** A text cut anywhere, also into empty pieces. */
const piecesOf = (text: string): fc.Arbitrary<string[]> =>
  fc.array(fc.nat(text.length), { maxLength: 8 }).map((cuts) => {
    const ends = [...cuts.toSorted((a, b) => a - b), text.length];
    return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
  });

const json = fc
  .dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1, maxKeys: 3 })
  .map((value) => JSON.stringify(value));
const prose = fc.oneof(
  fc.constantFrom(
    "",
    "Sure! ",
    "Use {x} or { y }: ",
    "```json\n",
    "```\n",
    "I can't.",
    '{}"{',
    "[1] ",
    "{ ",
    "\\",
  ),
  fc.string({ unit: fc.constantFrom(...'{}[]"\\` \nab:,') }),
);
const answer = fc.tuple(prose, fc.option(json, { nil: "" }), prose).map((parts) => parts.join(""));

describe("the JSON in what a model said", () => {
  it.each([
    ["alone", '{"a":1}', '{"a":1}'],
    ["with politeness around it", 'Sure! Here it is: {"a":1} Anything else?', '{"a":1}'],
    ["in a fence", '```json\n{"a": 1}\n```', '{"a": 1}'],
    ["after braces in prose", 'Replace {name} in { x }: {"a":1}', '{"a":1}'],
    ["with braces in its strings", '{"a":"}{","b":"{"}', '{"a":"}{","b":"{"}'],
    ["with quotes in its strings", '{"a":"\\"}"} and so on', '{"a":"\\"}"}'],
    ["with backslashes at the end of a string", '{"a":"\\\\"} }', '{"a":"\\\\"}'],
    ["nested", 'x {"a":{"b":[{"c":{}}]}} y', '{"a":{"b":[{"c":{}}]}}'],
    ["spread over lines", 'x {\n  "a": 1\n} y', '{\n  "a": 1\n}'],
    ["twice: the first counts", '{"a":1} {"b":2}', '{"a":1}'],
    ["after an empty object", '{} {"a":1}', '{"a":1}'],
    ["as a list of objects", '[{"a":1},{"b":2}] there', '[{"a":1},{"b":2}]'],
    ["cut in the middle: what came is given, for who reads finish_reason", 'Sure: {"a":"x', '{"a":"x'],
  ])("%s", (_, said, found) => {
    expect(extractJson(said)).toBe(found);
  });

  it.each(["I can't help with that.", "", "{", "{}", "Use {x}, not { y }.", "a { b", '"{'])(
    "where there is none, is all that was said, so that a refusal can be read: %j",
    (said) => expect(extractJson(said)).toBe(said),
  );

  it("is the same in whatever pieces the answer comes", () => {
    fc.assert(
      fc.property(
        answer.chain((said) => fc.record({ said: fc.constant(said), pieces: piecesOf(said) })),
        ({ said, pieces }) => {
          expect(pushed(pieces)).toBe(extractJson(said));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("is the same at every single cut", () => {
    const said = 'Use {x}:\n```json\n{ "a\\"}" : {"b": "\\\\"} }\n``` done {"c":1}';
    for (let at = 0; at <= said.length; at += 1)
      expect(pushed([said.slice(0, at), said.slice(at)])).toBe('{ "a\\"}" : {"b": "\\\\"} }');
    expect(pushed([...said])).toBe('{ "a\\"}" : {"b": "\\\\"} }');
  });

  it("is found whole, whatever JSON it is", () => {
    fc.assert(
      fc.property(json, (text) => {
        expect(extractJson(text)).toBe(text);
        expect(extractJson(`Here: ${text}\nDone.`)).toBe(text);
      }),
    );
  });

  it("is told as soon as it comes, not when all is there", () => {
    const stream = createJsonText();
    expect(stream.push("Sure: {")).toBe("");
    expect(stream.push('"a"')).toBe("");
    expect(stream.push(":1")).toBe('{"a":1');
    expect(stream.push("} bye")).toBe("}");
    expect(stream.push('{"b":1}')).toBe("");
    expect(stream.end()).toBe("");
  });
});

describe("a megabyte of prose full of braces", () => {
  it.each(["{ ", "{x} ", "{\n\n\n\n", "{}", '{ x"', "```\n{ ", "[ "])(
    "costs what its length costs, whole and in pieces: %j",
    (unit) => {
      const said = unit.repeat(Math.ceil(1_000_000 / unit.length));
      expect(pushed([said]).length).toBe(said.length);
      expect(pushed(said.match(/[^]{1,7}/g)!).length).toBe(said.length);
    },
  );

  it("does not when it is one brace and blanks", () => {
    const said = `{${" ".repeat(1_000_000)}`;
    expect(pushed([...said])).toBe(said);
  });
});
