import { describe, expect, it } from "vitest";
import { toInputSchema } from "../../../src/conversation/json-schema/input-schema.ts";
import { inlineReferences } from "../../../src/conversation/json-schema/references.ts";
import { isCompilable, toStrictSchema } from "../../../src/conversation/json-schema/strict-schema.ts";

const a = {
  type: "object",
  properties: { a: { type: "string" }, kind: { const: "a" } },
  required: ["a", "kind"],
};
const b = {
  type: "object",
  properties: { b: { type: "number" }, kind: { const: "b" } },
  required: ["b", "kind"],
};

describe("a tool's schema", () => {
  it("that is a plain object stays the very same", () => {
    expect(toInputSchema(a)).toBe(a);
  });

  it.each([undefined, null])("that is missing takes no arguments", (parameters) => {
    expect(toInputSchema(parameters)).toEqual({ type: "object", properties: {} });
  });

  it.each(["anyOf", "oneOf"])(
    "with %s at its root has the properties of all, and requires what all require",
    (key) => {
      expect(toInputSchema({ description: "d", [key]: [a, b] })).toEqual({
        description: "d",
        type: "object",
        properties: {
          a: { type: "string" },
          b: { type: "number" },
          kind: { anyOf: [{ const: "a" }, { const: "b" }] },
        },
        required: ["kind"],
      });
    },
  );

  it("keeps what the alternatives say differently of one property", () => {
    const alternatives = [
      { type: "object", properties: { kind: { const: "a" }, x: { type: "string" } }, required: ["kind"] },
      { type: "object", properties: { kind: { const: "b" }, x: { type: "string" } }, required: ["kind"] },
    ];
    expect(toInputSchema({ oneOf: alternatives })).toEqual({
      type: "object",
      properties: { kind: { anyOf: [{ const: "a" }, { const: "b" }] }, x: { type: "string" } },
      required: ["kind"],
    });
    expect(toInputSchema({ allOf: [{ anyOf: alternatives }] }).properties).toHaveProperty("kind.anyOf");
  });

  it("whose alternatives refer to one another ends", () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => {
        const next = { $ref: `#/$defs/d${(index + 1) % 30}` };
        return [`d${index}`, { anyOf: [next, next, next] }];
      }),
    );
    expect(toInputSchema({ $ref: "#/$defs/d0", $defs })).toMatchObject({ type: "object" });
  });

  it("with allOf at its root requires what any part requires", () => {
    expect(toInputSchema({ type: "object", properties: { c: {} }, required: ["c"], allOf: [a] })).toEqual({
      type: "object",
      properties: { c: {}, ...a.properties },
      required: ["c", "a", "kind"],
    });
  });

  it("that is a reference becomes what it refers to, and keeps the definitions", () => {
    const $defs = { node: { type: "object", properties: { next: { $ref: "#/$defs/node" } } } };
    expect(toInputSchema({ $ref: "#/$defs/node", $defs })).toEqual({ ...$defs.node, $defs });
  });

  it.each([
    { $ref: "#" },
    { $ref: "#/$defs/x", $defs: { x: { $ref: "#/$defs/x" } } },
    { $ref: "https://x" },
    { $ref: "#/__proto__/x" },
  ])("that refers in a circle or nowhere is an object all the same: %j", (schema) =>
    expect(toInputSchema(schema)).toMatchObject({ type: "object" }),
  );
});

describe("a strict schema", () => {
  it("reaches every object, also those that are nullable or do not say their type", () => {
    expect(
      toStrictSchema({
        type: "object",
        properties: {
          nullable: { type: ["object", "null"], properties: {} },
          untyped: { properties: { x: { type: "string" } } },
          list: { type: "array", items: { type: "object" } },
        },
        $defs: { d: { type: "object" } },
      }),
    ).toEqual({
      type: "object",
      properties: {
        nullable: { type: ["object", "null"], properties: {}, additionalProperties: false },
        untyped: { properties: { x: { type: "string" } }, additionalProperties: false },
        list: { type: "array", items: { type: "object", additionalProperties: false } },
      },
      $defs: { d: { type: "object", additionalProperties: false } },
      additionalProperties: false,
    });
  });

  it("takes no data and no property's name for a schema", () => {
    const schema = {
      type: "object",
      properties: {
        type: { enum: ["object", { type: "object" }] },
        properties: { const: { type: "object" } },
      },
      additionalProperties: false,
    };
    expect(toStrictSchema(schema)).toEqual(schema);
  });

  it("tells the model of constraints that AWS's compiler refuses", () => {
    const schema = { type: "integer", description: "Age.", minimum: 0, maximum: 150 };
    expect(toStrictSchema(schema)).toEqual({
      type: "integer",
      description: "Age. (minimum: 0, maximum: 150)",
    });
    // A property of that name is no constraint.
    expect(toStrictSchema({ type: "object", properties: { minimum: { type: "number" } } })).toMatchObject({
      properties: { minimum: { type: "number" } },
    });
  });

  it.each([
    ["contains itself", { $ref: "#/$defs/a", $defs: { a: { properties: { next: { $ref: "#/$defs/a" } } } } }],
    ["is its own child", { type: "object", properties: { child: { $ref: "#" } } }],
    ["has keys of any name", { type: "object", additionalProperties: { type: "string" } }],
    [
      "is made of parts that would each be closed",
      { type: "object", properties: {}, allOf: [{ properties: { a: {} } }] },
    ],
    ["may be anything", {}],
    ["has them deep inside", { type: "array", items: { type: "object", additionalProperties: true } }],
  ])("is out of the question where it %s", (_, schema) => expect(isCompilable(schema)).toBe(false));

  it("may use one definition twice", () => {
    const once = { $ref: "#/$defs/a" };
    const schema = { type: "object", properties: { x: once, y: once }, $defs: { a: { type: "string" } } };
    expect(isCompilable(schema)).toBe(true);
  });
});

describe("references written out", () => {
  it("leave no definitions, and end where a schema contains itself", () => {
    const $defs = {
      node: { type: "object", properties: { value: { type: "string" }, next: { $ref: "#/$defs/node" } } },
    };
    expect(
      inlineReferences({ type: "object", properties: { head: { $ref: "#/$defs/node" } }, $defs }),
    ).toEqual({
      type: "object",
      properties: { head: { type: "object", properties: { value: { type: "string" }, next: {} } } },
    });
  });

  it("that multiply are cut before they fill the memory", () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `d${index}`,
        {
          type: "object",
          properties: { a: { $ref: `#/$defs/d${index + 1}` }, b: { $ref: `#/$defs/d${index + 1}` } },
        },
      ]),
    );
    const written = JSON.stringify(inlineReferences({ properties: { x: { $ref: "#/$defs/d0" } }, $defs }));
    expect(written.length).toBeLessThan(4_000_000);
  });

  it("in a chain as long as the stack is deep are no stack overflow", () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 50_000 }, (_, index) => [`d${index}`, { $ref: `#/$defs/d${index + 1}` }]),
    );
    const schema = { properties: { x: { $ref: "#/$defs/d0" } }, $defs };
    expect(isCompilable(schema)).toBe(false);
    expect(inlineReferences(schema)).toBeDefined();
  });
});
