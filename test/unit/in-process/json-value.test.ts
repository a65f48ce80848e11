import { describe, expect, it } from "vitest";
import { asJson } from "../../../src/in-process/json-value.ts";

const thrownBy = (value: unknown): unknown => {
  try {
    return asJson(value);
  } catch (thrown) {
    return thrown;
  }
};

describe("a request of a program's is what its JSON would be", () => {
  class Message {
    role = "user";
    content = "Hi";
    #secret = 1;
    get told(): number {
      return this.#secret;
    }
  }

  it.each<[string, unknown]>([
    ["plain", { a: [1, "b", null, true, { c: {} }] }],
    ["members that are undefined", { a: undefined, b: { c: undefined }, d: [undefined, 1] }],
    ["functions and symbols", { a: () => 1, b: [() => 1], [Symbol("c")]: 1, d: Symbol("d") }],
    ["dates", { a: new Date(0), b: [new Date(0)] }],
    ["an object with its own JSON", { a: { toJSON: () => ({ b: undefined, c: new Date(0) }) } }],
    ["one whose JSON is nothing", { a: { toJSON: () => undefined }, b: [{ toJSON: () => undefined }] }],
    ["a class's", { messages: [new Message()] }],
    ["maps and sets", { a: new Map([[1, 2]]), b: new Set([1]) }],
    ["an object without a prototype", Object.assign(Object.create(null) as object, { a: 1 })],
    ["holes in a list", { a: Object.assign([1], { 2: 3 }) }],
    ["inherited members", { a: Object.create({ b: 1 }) as object }],
    ["a name like a prototype's", JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 2}')],
    ["a text", "a"],
    ["null", null],
  ])("%s", (_, value) => {
    expect(asJson(value)).toStrictEqual(JSON.parse(JSON.stringify(value)));
  });

  it("but for numbers that JSON would take for nothing: they are refused where they stand", () => {
    expect(asJson({ a: [Number.NaN] })).toEqual({ a: [Number.NaN] });
  });

  it("a name like a prototype's is no prototype", () => {
    const copy = asJson(JSON.parse('{"__proto__": {"polluted": 1}}')) as { polluted?: number };
    expect(copy.polluted).toBeUndefined();
    expect(Object.keys(copy)).toEqual(["__proto__"]);
  });

  it("and nobody changes it any more", () => {
    const message = { role: "user", content: "a" };
    const copy = asJson({ messages: [message] });
    message.content = "b";
    expect(copy).toEqual({ messages: [{ role: "user", content: "a" }] });
  });

  it("asks a member once", () => {
    let times = 0;
    const shifty = {
      get model() {
        times += 1;
        return `m${times}`;
      },
    };
    expect(asJson(shifty)).toEqual({ model: "m1" });
    expect(times).toBe(1);
  });
});

describe("what no JSON holds is refused by its place", () => {
  it.each<[string, unknown, string]>([
    ["a BigInt", { a: [{ b: 1n }] }, "a[0].b"],
    ["a BigInt in a list", { a: [[1n]] }, "a[0][0]"],
    ["bytes", { messages: [{ content: [{ image: new Uint8Array(8) }] }] }, "messages[0].content[0].image"],
    ["a buffer", { a: Buffer.alloc(8) }, "a"],
  ])("%s", (_, value, param) => {
    expect(thrownBy(value)).toMatchObject({ status: 400, code: "invalid_type", param });
  });

  const own: { self?: object } = {};
  own.self = own;
  const twice: { a?: object; b?: object } = {};
  Object.assign(twice, { a: twice, b: twice });
  const endless = { toJSON: () => ({ endless }) };

  it.each<[string, unknown]>([
    ["in itself", own],
    ["in itself twice", twice],
    ["in what its JSON is", endless],
  ])("what is nested %s", (_, value) => {
    expect(thrownBy(value)).toMatchObject({ status: 400, message: expect.stringContaining("256 levels") });
  });

  it("nesting is taken as deep as over HTTP, and no deeper", () => {
    const nested = (depth: number): unknown => (depth === 0 ? [] : [nested(depth - 1)]);
    expect(thrownBy(nested(256))).toEqual(nested(256));
    expect(thrownBy(nested(257))).toMatchObject({ status: 400 });
  });
});
