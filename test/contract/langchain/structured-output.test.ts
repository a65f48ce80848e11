import { HumanMessage } from "@langchain/core/messages";
import { OutputParserException } from "@langchain/core/output_parsers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import * as z3 from "zod/v3";
import { CLAUDE, type House, LLAMA, MISTRAL, NOVA, openHouse } from "../../support/bedrock.ts";
import { drained, SAYS, sent, toolNames } from "../../support/clients.ts";
import { chat } from "./ways.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const Event = z.object({ name: z.string(), year: z.number() });
const EVENT = { name: "Science Fair", year: 2026 };
const QUESTION = [new HumanMessage('The event "Science Fair" of 2026 in JSON')];
const JSON_SCHEMA = {
  title: "event",
  type: "object",
  properties: { name: { type: "string" }, year: { type: "number" } },
  required: ["name", "year"],
  additionalProperties: false,
};
const SCHEMAS = [
  ["zod 4", Event],
  ["zod 3", z3.object({ name: z3.string(), year: z3.number() })],
  [
    "a standard schema",
    { "~standard": { validate: (value: unknown) => ({ value }), jsonSchema: { input: () => JSON_SCHEMA } } },
  ],
  ["JSON schema", JSON_SCHEMA],
  ["a function of OpenAI's", { name: "event", description: "An event", parameters: JSON_SCHEMA }],
] as const;

describe.each(["jsonSchema", "functionCalling"] as const)("withStructuredOutput by %s", (method) => {
  it.each([CLAUDE, NOVA, LLAMA])("is obeyed by %s", async (model) => {
    const structured = chat(house, { model }).withStructuredOutput(Event, { method, name: "event" });
    expect(await structured.invoke(QUESTION)).toEqual(EVENT);
    expect((await drained(await structured.stream(QUESTION))).at(-1)).toEqual(EVENT);
  });

  it.each(SCHEMAS)("takes %s", async (_, schema) => {
    const structured = chat(house).withStructuredOutput(schema as Record<string, unknown>, { method });
    expect(await structured.invoke(QUESTION)).toEqual(EVENT);
    if (method === "functionCalling") expect(toolNames(house)).toHaveLength(1);
  });
});

describe("withStructuredOutput", () => {
  it("asks for a JSON schema unless told otherwise", async () => {
    expect(await chat(house).withStructuredOutput(Event).invoke(QUESTION)).toEqual(EVENT);
    expect(sent(house).outputConfig).toBeDefined();
  });

  it.each([CLAUDE, NOVA, MISTRAL])("jsonMode reads what %s wrote", async (model) => {
    house.bedrock.enqueue(SAYS(EVENT), SAYS(EVENT));
    const structured = chat(house, { model }).withStructuredOutput(Event, { method: "jsonMode" });
    expect(await structured.invoke(QUESTION)).toEqual(EVENT);
    expect((await drained(await structured.stream(QUESTION))).at(-1)).toEqual(EVENT);
  });

  it("yields an object of a JSON schema as it grows, one of zod when it is known to be right", async () => {
    const growing = await drained(await chat(house).withStructuredOutput(JSON_SCHEMA).stream(QUESTION));
    expect(growing.length).toBeGreaterThan(1);
    expect(growing.at(-1)).toEqual(EVENT);
    expect(await drained(await chat(house).withStructuredOutput(Event).stream(QUESTION))).toEqual([EVENT]);
  });

  it("reads thoughtful answers, and those of models that speak in content blocks", async () => {
    const thinking = chat(house, { reasoningEffort: "low", outputVersion: "v1" });
    expect(await thinking.withStructuredOutput(Event).invoke(QUESTION)).toEqual(EVENT);
  });

  const WRONG: [string, object, RegExp][] = [
    ["cut", { content: [{ text: '{"name":"Sci' }], stopReason: "max_tokens" }, /length limit/],
    ["no JSON", { content: [{ text: "I would rather not." }] }, /not JSON/],
    ["not what zod wants", SAYS({ name: "Science Fair", year: "soon" }), /year/],
  ];
  it.each(WRONG)("is an error, not half an object, for an answer that is %s", async (_, reply, message) => {
    house.bedrock.enqueue(reply, reply, reply);
    const structured = chat(house).withStructuredOutput(Event);
    await expect(structured.invoke(QUESTION)).rejects.toThrow(OutputParserException);
    await expect(structured.stream(QUESTION).then(drained)).rejects.toThrow(message);
    const { raw, parsed, ...rest } = await chat(house)
      .withStructuredOutput(Event, { includeRaw: true })
      .invoke(QUESTION);
    expect(parsed).toBeNull();
    expect(raw.content).not.toBe("");
    expect(rest).toMatchObject({ parsing_error: { message: expect.stringMatching(message) as unknown } });
  });

  it("is an error where the model did not call the tool", async () => {
    house.bedrock.enqueue({ content: [{ text: "No." }] });
    const structured = chat(house).withStructuredOutput(Event, { method: "functionCalling" });
    await expect(structured.invoke(QUESTION)).rejects.toThrow(/without calling 'extract': No\./);
  });

  it("gives the whole answer beside the object with includeRaw", async () => {
    const structured = chat(house).withStructuredOutput(Event, {
      includeRaw: true,
      method: "functionCalling",
    });
    expect(await structured.invoke(QUESTION)).toMatchObject({
      raw: { tool_calls: [{ name: "extract", args: EVENT }] },
      parsed: EVENT,
      parsing_error: null,
    });
  });

  it("tells why a standard schema refuses, and refuses one that tells nothing to a model", async () => {
    const validate = () => ({ issues: [{ message: "too soon" }] });
    const jsonSchema = { input: () => JSON_SCHEMA };
    const strict = chat(house).withStructuredOutput({ "~standard": { validate, jsonSchema } });
    await expect(strict.invoke(QUESTION)).rejects.toThrow(/too soon/);
    expect(() => chat(house).withStructuredOutput({ "~standard": { validate } })).toThrow(/JSON schema/);
  });

  it("knows no other methods", () => {
    expect(() => chat(house).withStructuredOutput(Event, { method: "magic" })).toThrow(/no method 'magic'/);
    expect(() => chat(house).withStructuredOutput(Event, { method: "jsonMode", strict: true })).toThrow(
      /strict/,
    );
  });
});
