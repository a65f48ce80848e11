import { describe, expect, it } from "vitest";
import { given, withNativeFields } from "../../../../src/dialects/parts/native-fields.ts";
import { asks, fields } from "../../../support/conversations.ts";

describe("what a caller writes in a family's own words", () => {
  it("stands over ours, and beside what it does not name", () => {
    const merged = withNativeFields(
      { a: 1, config: { x: 1, y: { z: 1 } }, list: [1] },
      asks(fields({ a: 2, b: null, config: { y: 2 }, list: [2] })),
    );
    expect(merged).toEqual({ a: 2, b: null, config: { x: 1, y: 2 }, list: [1, 2] });
  });

  it("cannot reach what every object has", () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"a":1}}') as Record<
      string,
      unknown
    >;
    const merged = withNativeFields({ a: 1 }, asks(fields(hostile)));
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("is not there when nobody wrote it, while a zero is", () => {
    expect(withNativeFields({ a: 0 }, asks())).toEqual({ a: 0 });
    expect(Object.keys(given({ a: 0, b: undefined, c: false }))).toEqual(["a", "c"]);
  });
});
