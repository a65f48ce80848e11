import { describe, expect, it } from "vitest";
import { quoted } from "../../../../src/wires/reply/quoted.ts";

describe("a piece of text as JSON", () => {
  it("is what JSON.stringify says of it, whatever character is in it", () => {
    const texts = Array.from({ length: 0x10000 }, (_, code) => `a${String.fromCharCode(code)}b`);
    expect(texts.filter((text) => quoted(text) !== JSON.stringify(text))).toEqual([]);
  });

  it.each([0, 1, 31, 32, 33, 1000])("is whole with %i characters", (size) => {
    const text = "x".repeat(size);
    expect(quoted(text)).toBe(JSON.stringify(text));
  });
});
