import { describe, expect, it } from "vitest";
import { closeObjects, toInputSchema } from "../../../src/conversation/json-schema.ts";

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
        properties: { a: { type: "string" }, b: { type: "number" }, kind: { const: "b" } },
        required: ["kind"],
      });
    },
  );

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

describe("closing objects", () => {
  it("reaches every object, also those that are nullable or do not say their type", () => {
    expect(
      closeObjects({
        type: "object",
        properties: {
          nullable: { type: ["object", "null"], properties: {} },
          untyped: { properties: { x: { type: "string" } } },
          list: { type: "array", items: { type: "object" } },
          open: { type: "object", additionalProperties: true },
        },
        $defs: { d: { type: "object" } },
      }),
    ).toEqual({
      type: "object",
      properties: {
        nullable: { type: ["object", "null"], properties: {}, additionalProperties: false },
        untyped: { properties: { x: { type: "string" } }, additionalProperties: false },
        list: { type: "array", items: { type: "object", additionalProperties: false } },
        open: { type: "object", additionalProperties: true },
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
    expect(closeObjects(schema)).toEqual(schema);
  });
});
