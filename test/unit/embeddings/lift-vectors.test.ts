import { describe, expect, it } from "vitest";
import { liftVectors } from "../../../src/embeddings/lift-vectors.ts";

const encoder = new TextEncoder();

const lift = (json: string): { value: unknown; vectors: string[] } => {
  const { value, vectors } = liftVectors([encoder.encode(json)]);
  return { value, vectors: vectors.map((vector) => Buffer.concat(vector).toString()) };
};

describe("lists of numbers", () => {
  it("are taken out as they are written, and numbered in their order", () => {
    const json = '{"a":[0.10, -2.50e-3],"b":{"c":[ 1 ]},"d":[[1,2],[\n-3E+07\n]],"e":"end"}';
    expect(lift(json)).toEqual({
      value: { a: 0, b: { c: 1 }, d: [2, 3], e: "end" },
      vectors: ["[0.10, -2.50e-3]", "[ 1 ]", "[1,2]", "[\n-3E+07\n]"],
    });
  });

  it("may be the whole answer", () => {
    expect(lift("[1,2]")).toEqual({ value: 0, vectors: ["[1,2]"] });
  });

  it.each([
    ["are empty", '{"a":[]}'],
    ["are empty and wide", '{"a":[ \n ]}'],
    ["hold a word", '{"a":[1,"x"]}'],
    ["hold null", '{"a":[1,null]}'],
    ["hold true", '{"a":[1,true]}'],
    ["hold false", '{"a":[1,false]}'],
    ["hold an object", '{"a":[1,{}]}'],
    ["begin with no number", '{"a":[null,1]}'],
  ])("stay where they %s, for what is to be copied as a vector is nothing but numbers", (_, json) => {
    expect(lift(json)).toEqual({ value: JSON.parse(json), vectors: [] });
  });

  it.each(["[1,NaN]", "[1,Infinity]", "[1,-Infinity]", "[NaN]", "[-Infinity,1]"])(
    "are no JSON where Python wrote what is no number: %s",
    (list) => {
      expect(() => lift(`{"a":${list}}`)).toThrow(SyntaxError);
    },
  );

  it("are found within lists that begin with a number", () => {
    expect(lift("[1,[2,3],[4]]")).toEqual({ value: [1, 0, 1], vectors: ["[2,3]", "[4]"] });
  });
});

it("what came in pieces is not copied", () => {
  const pieces = ['{"a":[1,', "2", ",3],", '"b":[4]}'].map((text) => encoder.encode(text));
  const { value, vectors } = liftVectors(pieces);
  expect(value).toEqual({ a: 0, b: 1 });
  expect(vectors.map((digits) => digits.map((part) => Buffer.from(part).toString()))).toEqual([
    ["[1,", "2", ",3]"],
    ["[4]"],
  ]);
  for (const [index, part] of vectors[0]!.entries()) expect(part.buffer).toBe(pieces[index]!.buffer);
});

describe("what looks like numbers in a text", () => {
  it.each([
    "[1,2,3]",
    'a "quoted" [1,2] list',
    "ends in a backslash \\",
    "[1,2\\",
    '\\"[1]\\\\"[2]\\\\\\',
    "日本 [0.5] 👋",
    "\u2028[1]",
  ])("stays text: %s", (text) => {
    const json = JSON.stringify({ texts: [text, `${text}[7]`], embeddings: [[1, 2]] });
    expect(lift(json)).toEqual({
      value: { texts: [text, `${text}[7]`], embeddings: [0] },
      vectors: ["[1,2]"],
    });
  });

  it("stays a name too", () => {
    expect(lift('{"[1,2]":[3]}')).toEqual({ value: { "[1,2]": 0 }, vectors: ["[3]"] });
  });
});

describe("an answer that broke off", () => {
  const whole = JSON.stringify({ id: 'a "b"', texts: ["x [1]"], embeddings: { float: [[0.5, -1], [2]] } });

  it("is no JSON, wherever it did", () => {
    for (let end = 0; end < whole.length; end += 1)
      expect(() => lift(whole.slice(0, end)), whole.slice(0, end)).toThrow(SyntaxError);
    expect(lift(whole).vectors).toEqual(["[0.5,-1]", "[2]"]);
  });

  it.each(["", "<html>[1,2]</html>", "[1,2", '{"a":[1,2]', '{"a":[1,2]]}', "\u0000"])("nor is %j", (text) => {
    expect(() => lift(text)).toThrow(SyntaxError);
  });
});

it("an answer of many megabytes is read in one go, in whatever it is long", () => {
  const numbers = Array.from({ length: 200_000 }, (_, index) => index / 7).join(",");
  const quotes = JSON.stringify('"\\'.repeat(500_000));
  const { value, vectors } = lift(`{"texts":[${quotes}],"a":[[${numbers}],[${numbers}]]}`);
  expect(value).toEqual({ texts: ['"\\'.repeat(500_000)], a: [0, 1] });
  expect(vectors).toEqual([`[${numbers}]`, `[${numbers}]`]);
  // Neither a text nor a list that has no end is looked at from each of its parts again.
  expect(() => lift(`{"a":${quotes.slice(0, -1)}`)).toThrow(SyntaxError);
  expect(() => lift(`{"a":${"[".repeat(1_000_000)}`)).toThrow(SyntaxError);
});
