import { describe, expect, it } from "vitest";
import { TRAITS_TABLE } from "../../../src/bedrock/traits/traits-table.ts";
import { createBedrockOpenAIHandler } from "../../../src/index.ts";
import { message } from "../../../src/openai/chat-messages.ts";
import { toolPart, userPart } from "../../../src/openai/chat-parts.ts";
import { commonParameters } from "../../../src/openai/common-parameters.ts";
import { completionRequestShape } from "../../../src/openai/completion-request.ts";
import { chatRequestShape } from "../../../src/openai/chat-request.ts";
import { UNMAPPED } from "../../../src/reception/unmapped.ts";
import { GPT, NOVA, openHouse } from "../../support/bedrock.ts";
import { chatRequest, completionRequest } from "../../support/requests.ts";
import { COMPLETIONS } from "./completion-samples.ts";
import { check, holds, type Wire } from "./holds.ts";
import { MESSAGES } from "./message-samples.ts";
import { hasSchemas, propertiesOf } from "./openai-schemas.ts";
import { PARAMETERS } from "./parameter-samples.ts";
import { EXAMPLES, renderTraits } from "./rendered-traits.ts";
import { adjusted, mapped, type Sample, SLOW } from "./sample.ts";
import { rowsUnder, tableUnder } from "./tables.ts";

const handler = createBedrockOpenAIHandler({
  region: "us-east-1",
  traits: { [SLOW]: { optimizedLatency: false } },
});
const chat: Wire = { handler, asRequest: chatRequest };
const completions: Wire = { handler, asRequest: completionRequest };

describe("the table of parameters", () => {
  holds(
    "Parameters",
    PARAMETERS,
    (name) => name,
    () => chat,
  );

  it("has every parameter that the schema and the decoder know", () => {
    const known = new Set([...Object.keys(chatRequestShape.shape), ...Object.keys(UNMAPPED)]);
    expect(Object.keys(PARAMETERS).toSorted()).toEqual([...known].toSorted());
  });

  it.runIf(hasSchemas)("has every parameter of OpenAI's own schema, before all others", () => {
    const all = propertiesOf("CreateChatCompletionRequest");
    const first = rowsUnder("Parameters").slice(0, all.size);
    expect(first.map(({ name }) => name).toSorted()).toEqual([...all].toSorted());
  });

  it.each([
    [{ n: 2 }, {}, '"index":1'],
    [{ stream: true, stream_options: { include_usage: true } }, { stream: true }, '"usage":{'],
  ])("is right that %j is seen in the answer", async (body, without, trace) => {
    const house = await openHouse();
    const told = async (asked: object): Promise<string> =>
      (await house.handler(chatRequest({ model: NOVA, ...asked }))).text();
    expect(await told(body)).toContain(trace);
    expect(await told(without)).not.toContain(trace);
    await house.bedrock.close();
  });
});

describe("what stands in no row", () => {
  const fields = "additionalModelRequestFields";
  const beta = { "anthropic-beta": "x" };

  it.each<[string, Sample, Record<string, string>, unknown]>([
    ["extra_body", mapped({ extra_body: { top_k: 3 } }), {}, { top_k: 3 }],
    ["anthropic-beta", mapped({}), beta, { anthropic_beta: ["x"] }],
    ["min_p", mapped({ min_p: 0.1 }, GPT), {}, { min_p: 0.1 }],
    ["min_p", adjusted({ min_p: 0.1 }), {}, undefined],
    ["min_p", adjusted({ min_p: 0.1 }, NOVA), {}, undefined],
    ["aws_profile_name", adjusted({ aws_profile_name: "x" }, GPT), {}, undefined],
    ["api_key", adjusted({ api_key: "x" }, GPT), {}, undefined],
    ["timeout", adjusted({ timeout: 1 }, GPT), {}, undefined],
    ["drop_params", adjusted({ drop_params: true }, GPT), {}, undefined],
  ])("becomes what the page says: %s", async (name, sample, headers, expected) => {
    const { request } = await check(sample, chat, { name, headers });
    expect((request.body as Record<string, unknown>)[fields]).toEqual(expected);
  });
});

describe("the table of messages", () => {
  holds(
    "Messages",
    MESSAGES,
    () => "messages",
    () => chat,
  );

  it("has every role and every part that the schema knows", () => {
    type Literals = { shape: Record<string, { values?: Set<string>; options?: string[] }> };
    const literals = (union: { options: readonly unknown[] }, key: string): string[] =>
      (union.options as readonly Literals[]).flatMap(({ shape }) => [
        ...(shape[key]!.values ?? shape[key]!.options ?? []),
      ]);
    const roles = literals(message, "role").map((role) => `role ${role}`);
    const parts = [...literals(userPart, "type"), ...literals(toolPart, "type")].map(
      (type) => `part ${type}`,
    );
    expect(Object.keys(MESSAGES)).toEqual(expect.arrayContaining([...roles, ...parts]));
  });
});

describe("the table of completions", () => {
  holds(
    "Completions",
    COMPLETIONS,
    (name) => name,
    () => completions,
  );

  it("has every parameter that only completions have", () => {
    const own = Object.keys(completionRequestShape.shape).filter((name) => !(name in commonParameters));
    expect(Object.keys(COMPLETIONS)).toEqual(expect.arrayContaining(own));
  });

  it.runIf(hasSchemas)("has every parameter of OpenAI's own schema, and no other", () => {
    const all = propertiesOf("CreateCompletionRequest");
    expect(Object.keys(COMPLETIONS).toSorted()).toEqual([...all].toSorted());
  });

  it.each([
    [{ n: 2 }, '"index":1'],
    [{ echo: true }, '"text":"Hello'],
    [{ stream: true, stream_options: { include_usage: true } }, '"usage":{'],
  ])("is right that %j is seen in the answer", async (body, trace) => {
    const house = await openHouse();
    const response = await house.handler(completionRequest({ model: NOVA, prompt: "Hello", ...body }));
    expect(await response.text()).toContain(trace);
    await house.bedrock.close();
  });
});

describe("the table of models", () => {
  it("has one example for each row of the traits, in their order", () => {
    const rowOf = (id: string): number => TRAITS_TABLE.findIndex(([pattern]) => pattern.test(id));
    expect(EXAMPLES.map(rowOf)).toEqual([...TRAITS_TABLE.keys(), -1]);
  });

  it("is what the traits say; where this fails, copy the expected table", () => {
    expect(tableUnder("Models")).toBe(renderTraits());
  });
});
