import { describe } from "vitest";
import { asks, doc, tool, user } from "./conversations.ts";
import { byModel, judge, unsupported } from "./judge.ts";
import { CLAUDE_4_5, CLAUDE_OPUS_4_8, NOVA, NOVA_2, QWEN } from "./models.ts";
import type { Body } from "./support.ts";

describe("structured output", () => {
  const format = (schema: unknown) =>
    asks({
      outputConfig: {
        textFormat: {
          type: "json_schema",
          structure: { jsonSchema: { schema: typeof schema === "string" ? schema : JSON.stringify(schema) } },
        },
      },
    });
  const closed = { type: "object", properties: { a: { type: "string" } }, additionalProperties: false };
  const list = (of: string) => ({ type: "array", items: { $ref: `#/$defs/${of}` } });
  const strict = (json: Body) =>
    asks({ toolConfig: { tools: [tool("look", { strict: true, inputSchema: { json } })] } });
  judge([
    ["on Sonnet 4.5", format(closed), "accepted", CLAUDE_4_5],
    ["on Qwen", format(closed), "accepted", QWEN],
    [
      "on Opus 4.8",
      format(closed),
      `${byModel}output_config.format: Extra inputs are not permitted`,
      CLAUDE_OPUS_4_8,
    ],
    ["on Nova", format(closed), unsupported("outputConfig.textFormat"), NOVA],
    [
      "that is no JSON",
      format("{"),
      "400 The value at outputConfig.textFormat.structure.jsonSchema.schema must be a valid JSON schema.",
      CLAUDE_4_5,
    ],
    [
      "with an open object",
      format({ type: "object", properties: { a: { type: "object" } }, additionalProperties: false }),
      `${byModel}output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false`,
      CLAUDE_4_5,
    ],
    [
      "with a bound",
      format({ ...closed, properties: { a: { type: "integer", minimum: 1 } } }),
      `${byModel}output_config.format.schema: For 'integer' type, property 'minimum' is not supported`,
      CLAUDE_4_5,
    ],
    [
      "with a property called minimum",
      format({ ...closed, properties: { minimum: { type: "integer" } } }),
      "accepted",
      CLAUDE_4_5,
    ],
    [
      "that points at itself",
      format({ ...closed, properties: { a: { $ref: "#" } } }),
      `${byModel}output_config.format.schema: Circular reference detected in schema: '#'`,
      CLAUDE_4_5,
    ],
    [
      "that goes in a circle",
      format({ ...closed, properties: { a: { $ref: "#/$defs/b" } }, $defs: { b: list("c"), c: list("b") } }),
      `${byModel}output_config.format.schema: Circular reference detected in schema: '#/$defs/b'`,
      CLAUDE_4_5,
    ],
    [
      "that points at one place twice",
      format({
        ...closed,
        properties: { a: { $ref: "#/$defs/b" }, c: { $ref: "#/$defs/b" } },
        $defs: { b: { type: "string" } },
      }),
      "accepted",
      CLAUDE_4_5,
    ],
    [
      "that points nowhere",
      format({ ...closed, properties: { a: { $ref: "#/$defs/b" } } }),
      `${byModel}output_config.format.schema: Reference '#/$defs/b' not found in schema`,
      CLAUDE_4_5,
    ],
    [
      "that points elsewhere",
      format({ ...closed, properties: { a: { $ref: "https://example.com/b" } } }),
      `${byModel}output_config.format.schema: External reference 'https://example.com/b' is not supported`,
      CLAUDE_4_5,
    ],
    ["with a list that is not empty", format({ type: "array", minItems: 1 }), "accepted", CLAUDE_4_5],
    [
      "with a list of two and more",
      format({ type: "array", minItems: 2 }),
      `${byModel}output_config.format.schema: For 'array' type, 'minItems' values other than 0 or 1 are not supported`,
      CLAUDE_4_5,
    ],
    [
      "beside citations",
      { ...format(closed), messages: [user({ text: "a" }, doc("b", { citations: { enabled: true } }))] },
      `${byModel}output_config.format: Structured outputs are incompatible with citations.`,
      CLAUDE_4_5,
    ],
    [
      "beside a document that is not cited",
      { ...format(closed), messages: [user({ text: "a" }, doc("b", { citations: { enabled: false } }))] },
      "accepted",
      CLAUDE_4_5,
    ],
    ["strict tools on Sonnet 4.5", strict(closed), "accepted", CLAUDE_4_5],
    [
      "strict tools on Opus 4.8",
      strict(closed),
      `${byModel}tools.0.custom.strict: Extra inputs are not permitted`,
      CLAUDE_OPUS_4_8,
    ],
    [
      "strict tools with an open object",
      strict({ type: "object" }),
      `${byModel}tools.0.custom.input_schema: For 'object' type`,
      CLAUDE_4_5,
    ],
    [
      "strict tools that go in a circle",
      strict({ ...closed, properties: { a: { $ref: "#" } } }),
      `${byModel}tools.0.custom.input_schema: Circular reference detected in schema: '#'`,
      CLAUDE_4_5,
    ],
  ]);
});

describe("the schemas of plain tools", () => {
  const offers = (json: Body) => asks({ toolConfig: { tools: [tool("look", { inputSchema: { json } })] } });
  const circle = { type: "object", properties: { a: { $ref: "#" } } };
  const refused = (key: string) =>
    `${byModel}Malformed input request: #/toolConfig/tools/0/toolSpec/inputSchema/json: extraneous key [${key}] is not permitted`;
  judge([
    ["may go in a circle on Claude", offers(circle), "accepted", CLAUDE_4_5],
    [
      "have three keywords on Nova",
      offers({ type: "object", properties: {}, required: [] }),
      "accepted",
      NOVA,
    ],
    [
      "may have others further down",
      offers({ type: "object", properties: { a: { title: "b" } } }),
      "accepted",
      NOVA,
    ],
    ["with definitions, on Nova", offers({ ...circle, $defs: {} }), refused("$defs"), NOVA],
    [
      "that are closed, on Nova 2",
      offers({ type: "object", additionalProperties: false }),
      refused("additionalProperties"),
      NOVA_2,
    ],
    ["that are closed, on Qwen", offers({ type: "object", additionalProperties: false }), "accepted", QWEN],
  ]);
});
