import { describe, expect, it } from "vitest";
import { structuredOutput } from "../../../../src/conversation/passes/structured-output.ts";
import type { Conversation, JsonObject } from "../../../../src/conversation/types.ts";
import { able, traitsFor } from "../../../support/chat-models.ts";
import {
  asks,
  document,
  effort,
  fields,
  result,
  system,
  textFormat,
  tool,
  user,
} from "../../../support/conversations.ts";

const NATIVE = able({ structuredOutput: "native" });
const BY_TOOL = able({ structuredOutput: "tool" });
const PURPOSE = "Give the final answer by calling this tool, with the answer as its input.";
const SCHEMA: JsonObject = { type: "object", properties: { a: { type: "string" } } };

const wants = (schema: JsonObject = SCHEMA, name?: string, more: Partial<Conversation> = {}): Conversation =>
  asks({ ...more, outputConfig: { ...more.outputConfig, textFormat: textFormat(schema, name) } });
const notes = ({ adjustments }: ReturnType<typeof structuredOutput>) =>
  adjustments.map(({ param, action }) => `${param} ${action}`);
const sentSchema = ({ conversation }: ReturnType<typeof structuredOutput>): unknown =>
  JSON.parse(conversation.outputConfig!.textFormat!.structure.jsonSchema.schema);
const instruction = (schema: JsonObject): string =>
  `Answer with a single JSON object that follows this JSON Schema, and nothing else:\n${JSON.stringify(schema)}`;

describe("structured output that the model has itself", () => {
  it("is sent with every object closed: AWS compiles no other", () => {
    const nested = {
      type: "object",
      properties: { a: { type: "object", properties: { b: { minimum: 1 } } } },
    };
    const fitted = structuredOutput(wants(nested, "event", effort("low")), NATIVE);
    expect(sentSchema(fitted)).toEqual({
      type: "object",
      properties: {
        a: {
          type: "object",
          properties: { b: { description: "(minimum: 1)" } },
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    });
    expect(fitted.conversation.outputConfig).toMatchObject({
      effort: "low",
      textFormat: { structure: { jsonSchema: { name: "event" } } },
    });
    expect(fitted.adjustments).toEqual([]);
    expect(fitted.restore).toBeUndefined();
  });

  it.each<[string, JsonObject]>([
    ["contains itself", { type: "object", properties: { a: { $ref: "#" } } }],
    ["leads nowhere", { type: "object", properties: { a: { $ref: "#/$defs/gone" } } }],
    ["leads elsewhere", { type: "object", properties: { a: { $ref: "https://example.com/schema" } } }],
    ["has keys of any name", { type: "object", additionalProperties: { type: "string" } }],
    [
      "has keys of any name further in",
      { type: "object", properties: { a: { type: "object", additionalProperties: true } } },
    ],
  ])("is a hidden tool where the schema %s, which AWS does not compile", (_, schema) => {
    const fitted = structuredOutput(wants(schema), NATIVE);
    expect(fitted.restore).toEqual({ jsonTool: "json_response", jsonText: true });
    expect(fitted.conversation).not.toHaveProperty("outputConfig");
  });

  it.each([
    [
      "in the user's words",
      user("q", { document: { ...document("d").document, citations: { enabled: true } } }),
    ],
    [
      "in a tool result",
      user(result("a", { document: { ...document("d").document, citations: { enabled: true } } })),
    ],
  ])("is refused beside citations %s, so a hidden tool stands in", (_, message) => {
    const fitted = structuredOutput({ ...wants(), messages: [message] }, NATIVE);
    expect(fitted.conversation).not.toHaveProperty("outputConfig");
    expect(fitted.restore).toHaveProperty("jsonTool");
  });
});

describe("a hidden tool for the answer", () => {
  it("is forced: one that need not be called is no better than words", () => {
    const fitted = structuredOutput(wants(SCHEMA, "event"), BY_TOOL);
    expect(fitted.conversation).toEqual(
      asks({
        toolConfig: {
          tools: [tool("event", SCHEMA, { description: PURPOSE })],
          toolChoice: { tool: { name: "event" } },
        },
      }),
    );
    expect(notes(fitted)).toEqual(["response_format emulated"]);
    expect(fitted.restore).toEqual({ jsonTool: "event", jsonText: true });
  });

  it("is told what the caller said of the format", () => {
    const asked = asks({ outputConfig: { textFormat: textFormat(SCHEMA, "event", "An event.") } });
    const { conversation } = structuredOutput(asked, BY_TOOL);
    expect(conversation.toolConfig!.tools[0]!.toolSpec!.description).toBe(`An event.\n\n${PURPOSE}`);
  });

  it("leaves the caller's own tools callable", () => {
    const fitted = structuredOutput(wants(SCHEMA, "event", { toolConfig: { tools: [tool("f")] } }), BY_TOOL);
    expect(fitted.conversation.toolConfig).toMatchObject({
      tools: [tool("f"), { toolSpec: { name: "event" } }],
      toolChoice: { any: {} },
    });
  });

  it.each([
    [{ auto: {} }, ["response_format emulated"]],
    [{ any: {} }, ["response_format emulated"]],
    [{ tool: { name: "f" } }, ["response_format emulated", "tool_choice dropped"]],
  ])("beside the choice %j", (toolChoice, noted) => {
    const fitted = structuredOutput(
      wants(SCHEMA, "e", { toolConfig: { tools: [tool("f")], toolChoice } }),
      BY_TOOL,
    );
    expect(fitted.conversation.toolConfig!.toolChoice).toEqual({ any: {} });
    expect(notes(fitted)).toEqual(noted);
  });

  it("never takes the name of a caller's tool", () => {
    const tools = [tool("event"), tool("event_")];
    const { restore } = structuredOutput(wants(SCHEMA, "event", { toolConfig: { tools } }), BY_TOOL);
    expect(restore!.jsonTool).toBe("event__");
  });

  it("takes any schema, as an object without branches at its root", () => {
    const { conversation } = structuredOutput(wants({ anyOf: [SCHEMA, { type: "object" }] }), BY_TOOL);
    expect(conversation.toolConfig!.tools[0]!.toolSpec!.inputSchema.json).toEqual({
      type: "object",
      properties: SCHEMA["properties"],
    });
  });

  it("leaves the effort where it was", () => {
    expect(structuredOutput(wants(SCHEMA, "e", effort("high")), BY_TOOL).conversation.outputConfig).toEqual({
      effort: "high",
    });
  });
});

describe("words instead of a tool", () => {
  const answeredBy = (asked: Conversation, traits = BY_TOOL) => {
    const fitted = structuredOutput(asked, traits);
    const { system: said, toolConfig, outputConfig } = fitted.conversation;
    const format = outputConfig?.textFormat;
    return { said: said?.at(-1)?.text, toolConfig, format, restore: fitted.restore, notes: notes(fitted) };
  };
  const WORDS = {
    said: instruction(SCHEMA),
    toolConfig: undefined,
    format: undefined,
    restore: { jsonText: true },
    notes: ["response_format emulated"],
  };

  it("are all that a model without tools can be given", () => {
    expect(answeredBy(wants(), able({ structuredOutput: "instruction" }))).toEqual(WORDS);
    expect(answeredBy(wants(), able({ tools: false }))).toEqual(WORDS);
    expect(
      structuredOutput(
        wants({ type: "object", additionalProperties: true }),
        able({ structuredOutput: "native", tools: false }),
      ).conversation,
    ).not.toHaveProperty("toolConfig");
  });

  it("stand after the caller's own instructions", () => {
    const { conversation } = structuredOutput(
      { ...wants(), ...system("Be brief.") },
      able({ structuredOutput: "instruction" }),
    );
    expect(conversation.system).toEqual([{ text: "Be brief." }, { text: instruction(SCHEMA) }]);
  });

  it("are for models that cannot be forced to a tool", () => {
    expect(answeredBy(wants(), able({ toolChoice: ["auto"] }))).toEqual(WORDS);
    expect(answeredBy(wants(), able({ toolChoice: [] }))).toEqual(WORDS);
  });

  it.each([
    ["anthropic.claude-opus-4-1-20250805-v1:0", effort("high")],
    [
      "anthropic.claude-opus-4-1-20250805-v1:0",
      fields({ thinking: { type: "enabled", budget_tokens: 2000 } }),
    ],
    ["anthropic.claude-opus-5", effort("low")],
    ["anthropic.claude-fable-5", effort("low")],
    ["anthropic.claude-fable-5", effort("none")],
    ["anthropic.claude-fable-5", fields({ thinking: { type: "disabled" } })],
  ])("are for a Claude that will think, which forbids forcing it: %s with %j", (model, wish) => {
    expect(answeredBy(wants(SCHEMA, undefined, wish), traitsFor(model))).toEqual(WORDS);
  });

  it.each([
    ["anthropic.claude-opus-4-1-20250805-v1:0", effort("none")],
    ["anthropic.claude-opus-5", fields({ thinking: { type: "disabled" } })],
    ["amazon.nova-2-lite-v1:0", effort("high")],
    ["openai.gpt-6-sol", effort("max")],
  ])("are not needed where thinking forbids nothing: %s with %j", (model, wish) => {
    expect(structuredOutput(wants(SCHEMA, undefined, wish), traitsFor(model)).restore).toHaveProperty(
      "jsonTool",
    );
  });
});

it("has nothing to do where no format is asked for", () => {
  const asked = asks(effort("low"));
  expect(structuredOutput(asked, BY_TOOL)).toEqual({ conversation: asked, adjustments: [] });
});

describe("structured output in the model's own body", () => {
  const MODEL = able({ structuredOutput: "model" });

  it("is Claude's output_config.format, beside what else is said there", () => {
    const asked = wants(SCHEMA, "out", fields({ output_config: { effort: "low" }, top_k: 3 }));
    const { conversation, adjustments } = structuredOutput(asked, MODEL);
    expect(conversation).toEqual(
      asks(
        fields({
          top_k: 3,
          output_config: {
            effort: "low",
            format: { type: "json_schema", schema: { ...SCHEMA, additionalProperties: false } },
          },
        }),
      ),
    );
    expect(adjustments).toEqual([]);
  });

  it("is a hidden tool for a schema that is not compiled", () => {
    const { restore } = structuredOutput(wants({ type: "object" }, "out"), MODEL);
    expect(restore).toMatchObject({ jsonTool: "out" });
  });
});
