import type OpenAI from "openai";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { BedrockOpenAIHandler } from "../../src/index.ts";
import { CLAUDE, type House, LLAMA, NOVA, openHouse } from "../support/bedrock.ts";
import { openaiOf } from "../support/openai-of.ts";
import { assertSchema } from "../support/openai-schema.ts";

/** What a response would read is counted as it would be sent, and nothing is asked of the model. */

let house: House;
let handler: BedrockOpenAIHandler;
let client: OpenAI;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());
beforeEach(() => {
  house.bedrock.reset();
  handler = house.withOptions({});
  client = openaiOf(handler);
});

const tools = [
  {
    type: "function" as const,
    name: "f",
    description: "Does much. ".repeat(50),
    parameters: { type: "object" },
    strict: false,
  },
];

it.each([CLAUDE, NOVA, LLAMA, "us.openai.gpt-6-sol"])("counts for %s", async (model) => {
  const count = async (body: object): Promise<number> => {
    const counted = await client.responses.inputTokens.count({ model, input: "Hello", ...body } as never);
    assertSchema("TokenCountsResource", counted);
    return counted.input_tokens;
  };
  const plain = await count({});
  expect(plain).toBeGreaterThan(0);
  expect(await count({ instructions: "Be brief. ".repeat(50) })).toBeGreaterThan(plain);
  expect(await count({ tools })).toBeGreaterThan(plain);
  expect(await count({ input: [{ role: "user", content: "Hello ".repeat(100) }] })).toBeGreaterThan(plain);
  const asked = house.bedrock.requests.map(({ operation }) => operation);
  expect(asked.filter((operation) => operation !== "CountTokens")).toEqual([]);
});

it("counts what it would stand on too", async () => {
  const { id } = await client.responses.create({ model: CLAUDE, input: "Hello ".repeat(200) });
  const alone = await client.responses.inputTokens.count({ model: CLAUDE, input: "More" });
  const after = await client.responses.inputTokens.count({
    model: CLAUDE,
    input: "More",
    previous_response_id: id,
  });
  expect(after.input_tokens).toBeGreaterThan(alone.input_tokens + 100);
  const conversation = await client.conversations.create({
    items: [{ role: "user", content: "Hello ".repeat(200) }],
  });
  const within = await client.responses.inputTokens.count({
    model: CLAUDE,
    input: "More",
    conversation: conversation.id,
  });
  expect(within.input_tokens).toBeGreaterThan(alone.input_tokens + 100);
});

it("says where it only guesses", async () => {
  const { response } = await client.responses.inputTokens
    .count({ model: LLAMA, input: "Hello" })
    .withResponse();
  expect(response.headers.get("x-bedrock-adjustments")).toContain("input_tokens");
});

it.each<[string, object, number]>([
  ["no model", { input: "Hello" }, 400],
  ["nothing to count", { model: CLAUDE }, 400],
  ["an unknown conversation", { model: CLAUDE, input: "Hello", conversation: "conv_nobody" }, 404],
])("refuses %s", async (_, body, status) => {
  await expect(client.responses.inputTokens.count(body)).rejects.toMatchObject({ status });
});

it("counts for nobody who may not ask the model", async () => {
  const strict = house.withOptions({ authorize: () => ({ models: [NOVA] }) });
  const narrow = openaiOf(strict);
  await expect(narrow.responses.inputTokens.count({ model: CLAUDE, input: "Hello" })).rejects.toMatchObject({
    status: 403,
  });
});
