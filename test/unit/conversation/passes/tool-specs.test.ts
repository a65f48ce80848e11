import { describe, expect, it } from "vitest";
import { toolSpecs } from "../../../../src/conversation/passes/tool-specs.ts";
import type { JsonObject, ToolSpec } from "../../../../src/conversation/types.ts";
import { able } from "../../../support/chat-models.ts";
import { asks, point, tool, WEB_SEARCH } from "../../../support/conversations.ts";

const STRICT = able({ strictTools: true });
const PLAIN = able({ toolSchema: "plain" });

const fitted = (json: JsonObject, traits = able(), more: Partial<ToolSpec> = {}) => {
  const { conversation, adjustments } = toolSpecs(
    asks({ toolConfig: { tools: [tool("f", json, more)] } }),
    traits,
  );
  const { inputSchema, strict } = conversation.toolConfig!.tools[0]!.toolSpec!;
  return {
    json: inputSchema.json,
    strict,
    notes: adjustments.map(({ param, action }) => `${param} ${action}`),
  };
};

const OBJECT: JsonObject = { type: "object", properties: { a: { type: "string", minLength: 1 } } };

describe("a strict tool", () => {
  it("is compiled by AWS, which takes only closed objects and tells the rest in words", () => {
    expect(fitted(OBJECT, STRICT, { strict: true })).toEqual({
      json: {
        type: "object",
        properties: { a: { type: "string", description: "(minLength: 1)" } },
        additionalProperties: false,
      },
      strict: true,
      notes: [],
    });
  });

  it("is refused by most models, so it is one like any other, and a note says so", () => {
    expect(fitted(OBJECT, able(), { strict: true })).toEqual({
      json: OBJECT,
      strict: undefined,
      notes: ["tools dropped"],
    });
  });

  it.each<[string, JsonObject]>([
    ["contains itself", { type: "object", properties: { a: { $ref: "#" } } }],
    [
      "contains itself by a detour",
      {
        type: "object",
        properties: { a: { $ref: "#/$defs/a" } },
        $defs: { a: { items: { $ref: "#/$defs/b" } }, b: { items: { $ref: "#/$defs/a" } } },
      },
    ],
    ["leads nowhere", { type: "object", properties: { a: { $ref: "#/$defs/none" } } }],
    ["leads elsewhere", { type: "object", properties: { a: { $ref: "https://example.com/a" } } }],
    ["has keys of any name", { type: "object", additionalProperties: { type: "string" } }],
    ["is open", { type: "object", properties: { a: { type: "object", additionalProperties: true } } }],
  ])("whose schema %s cannot be compiled, so it stays as it was", (_, json) => {
    expect(fitted(json, STRICT, { strict: true })).toEqual({
      json,
      strict: undefined,
      notes: ["tools dropped"],
    });
  });

  it("is the same the second time", () => {
    const once = toolSpecs(asks({ toolConfig: { tools: [tool("f", OBJECT, { strict: true })] } }), STRICT);
    expect(toolSpecs(once.conversation, STRICT)).toEqual({
      conversation: once.conversation,
      adjustments: [],
    });
  });

  it("that is not strict is left open", () => {
    expect(fitted(OBJECT, STRICT)).toEqual({ json: OBJECT, strict: undefined, notes: [] });
  });

  it("is noted once for many", () => {
    const tools = ["f", "g"].map((name) => tool(name, OBJECT, { strict: true }));
    expect(toolSpecs(asks({ toolConfig: { tools } }), able()).adjustments).toHaveLength(1);
  });
});

describe("a schema for a model that knows three keywords at its root", () => {
  it("loses what says nothing, without a note", () => {
    const chatty = { ...OBJECT, $schema: "s", $id: "i", title: "T", additionalProperties: false };
    expect(fitted(chatty, PLAIN)).toEqual({ json: OBJECT, strict: undefined, notes: [] });
  });

  it("has its references filled in, and a note says so", () => {
    const referring = {
      type: "object",
      properties: { a: { $ref: "#/$defs/a" } },
      required: ["a"],
      $defs: { a: { type: "string" } },
    };
    expect(fitted(referring, PLAIN)).toEqual({
      json: { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
      strict: undefined,
      notes: ["tools emulated"],
    });
  });

  it("ends where it would contain itself", () => {
    const recursive = {
      type: "object",
      properties: { a: { $ref: "#/$defs/a" } },
      $defs: { a: { type: "array", items: { $ref: "#/$defs/a" } } },
    };
    expect(fitted(recursive, PLAIN).json).toEqual({
      type: "object",
      properties: { a: { type: "array", items: {} } },
    });
  });

  it("that is plain already is not copied", () => {
    expect(fitted(OBJECT, PLAIN).json).toBe(OBJECT);
  });

  it("is any other model's as it stands", () => {
    const chatty = { ...OBJECT, title: "T" };
    expect(fitted(chatty).json).toBe(chatty);
  });
});

it("leaves cache points, AWS's own tools and requests without tools alone", () => {
  for (const asked of [asks(), asks({ toolConfig: { tools: [tool("f"), point(), WEB_SEARCH] } })])
    expect(toolSpecs(asked, PLAIN)).toEqual({ conversation: asked, adjustments: [] });
});
