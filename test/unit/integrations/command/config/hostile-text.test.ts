import { describe, expect, it } from "vitest";
import { parseConfigDocument } from "../../../../../integrations/command/config/document.ts";
import { tooDeepAt } from "../../../../../integrations/command/config/too-deep.ts";

/** Nothing here asserts a time: the sizes are such that a test would run out of its own if the cost grew faster than they do. */

const MEGABYTE = 1024 * 1024;
const filled = (text: string): string => text.repeat(Math.floor((MEGABYTE - 10) / text.length));

describe("a megabyte of what only opens", () => {
  it.each<[string, string]>([
    ["brackets", `a: ${filled("[")}`],
    ["braces", filled("{")],
    ["lists in lists", filled("- ")],
    ["keys of keys", filled("? ")],
    ["both in turn", filled("[{a: ")],
    ["values of values", filled("a: ")],
    ["brackets that close", `a: ${"[".repeat(500_000)}${"]".repeat(500_000)}`],
  ])("is refused where it goes too deep: %s", (_, text) => {
    expect(() => parseConfigDocument(text)).toThrow("line 1: this is nested too deep.");
  });

  it("is refused by its line", () => {
    expect(tooDeepAt(`region: us-east-1\nmodels:\n  a: ${"[".repeat(200)}`)).toBe(3);
  });

  it("is text in quotes, in comments and after words", () => {
    const brackets = "[".repeat(300);
    const text = `a: "${brackets}"\nb: x${brackets}\nc: '${brackets}' # ${brackets}\nd: |\n  ${brackets}\n`;
    expect(parseConfigDocument(text).value).toMatchObject({ a: brackets, b: `x${brackets}` });
  });
});

describe("a large file", () => {
  it("is read, also where it is all on one line", () => {
    const entries = Array.from({ length: 3_000 }, (_, at) => [
      `model-${at}`,
      { model: `a.b-${at}`, region: "us-east-1" },
    ]);
    const value = { models: Object.fromEntries(entries) as object };
    expect(parseConfigDocument(JSON.stringify(value)).value).toEqual(value);
  });

  it("of many keys is read once, and a key that stands there twice is named by its line", () => {
    const keys = Array.from({ length: 60_000 }, (_, at) => `k${at}: 1`);
    expect(Object.keys(parseConfigDocument(keys.join("\n")).value)).toHaveLength(60_000);
    expect(() => parseConfigDocument([...keys, "k7: 2"].join("\n"))).toThrow(
      "line 60001: this key stands here a second time.",
    );
  });

  it("is refused beyond a megabyte, before anything is read of it", () => {
    expect(() => parseConfigDocument("#".repeat(MEGABYTE + 1))).toThrow("longer than 1048576 characters");
  });
});

it("keys of the prototype are keys, and change nothing", () => {
  const { value } = parseConfigDocument(
    "__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\n",
  );
  expect(Object.keys(value).toSorted()).toEqual(["__proto__", "constructor"]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});
