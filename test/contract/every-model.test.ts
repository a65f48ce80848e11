import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FOUNDATION_MODELS } from "../../src/testing/catalogue/models.ts";
import { type House, openHouse } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

const user = { role: "user", content: "Hi" };
const tools = [
  { type: "function", function: { name: "get_weather", parameters: { anyOf: [{ type: "object" }] } } },
];
const schema = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };
const history = [
  user,
  {
    role: "assistant",
    content: null,
    tool_calls: [{ id: "call_1", type: "function", function: { name: "f", arguments: "" } }],
  },
  { role: "tool", tool_call_id: "call_1", content: "" },
];

/** What clients send without asking which model will answer. */
const SHAPES: Record<string, object> = {
  "every sampling parameter": { temperature: 1.5, top_p: 0.9, stop: ["END"], max_tokens: 100, seed: 1 },
  instructions: { messages: [{ role: "system", content: "Be brief." }, user] },
  "a start by the assistant": { messages: [{ role: "assistant", content: "{ " }] },
  tools: { tools, tool_choice: "auto" },
  "tools that must be called": { tools, tool_choice: "required", parallel_tool_calls: false },
  "one tool that must be called": {
    tools,
    tool_choice: { type: "function", function: { name: "get_weather" } },
  },
  "a history of tool calls": { messages: history },
  "a history of tool calls and no tool to call": { messages: history, tools, tool_choice: "none" },
  "a JSON schema": { response_format: { type: "json_schema", json_schema: { name: "out", schema } } },
  "a JSON object": { response_format: { type: "json_object" } },
};

/** Rerankers read and write text too, but nobody talks with them. */
const MODELS = FOUNDATION_MODELS.filter(({ id }) => !id.includes("rerank"))
  .filter((model) => model.input.includes("TEXT") && model.output.includes("TEXT"))
  .map(({ id, prefixes }) => (prefixes[0] ? `${prefixes[0]}.${id}` : id));

describe.each(MODELS)("%s", (model) => {
  it.each(Object.keys(SHAPES))("takes %s, or says that it cannot", async (name) => {
    for (const stream of [false, true]) {
      const response = await house.handler(chatRequest({ model, stream, ...SHAPES[name] }));
      const text = await response.text();
      if (response.status === 200) expect(text).not.toContain('"error"');
      else
        expect(JSON.parse(text)).toMatchObject({ error: { code: "unsupported_parameter", param: "tools" } });
    }
  });
});
