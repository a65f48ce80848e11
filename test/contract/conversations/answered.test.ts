import {
  Agent,
  OpenAIConversationsSession,
  OpenAIProvider,
  Runner,
  setTracingDisabled,
  tool,
} from "@openai/agents";
import type OpenAI from "openai";
import * as z from "zod";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import { CLAUDE, type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { all, openaiOf } from "../../support/openai-of.ts";
import { createSwitchedStore, type SwitchedStore } from "../../support/switched-store.ts";

/** A response that belongs to a conversation stands on all of it, and becomes part of it. */

let house: House;
let store: SwitchedStore;
let handler: BedrockOpenAIHandler;
let client: OpenAI;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());
beforeEach(() => {
  house.bedrock.reset();
  store = createSwitchedStore();
  handler = house.withOptions({ store });
  client = openaiOf(handler);
});

const roles = async (id: string): Promise<unknown[]> =>
  (await all(client.conversations.items.list(id, { order: "asc" }))).map((item) =>
    item.type === "message" ? item.role : item.type,
  );
const sent = (): { messages: { role: string }[] } => house.bedrock.requests.at(-1)!.body as never;

describe.each([CLAUDE, NOVA])("%s", (model) => {
  it.each([false, true])("remembers what was said, stream: %s", async (stream) => {
    const { id } = await client.conversations.create({
      items: [
        { role: "user", content: "I am Ada." },
        { role: "assistant", content: "Hello Ada." },
      ],
    });
    for (const input of ["Who am I?", "And now?"]) {
      const asked = { model, input, conversation: id };
      const response = stream
        ? await client.responses.stream({ ...asked, stream }).finalResponse()
        : await client.responses.create(asked);
      expect(response).toMatchObject({ status: "completed", conversation: { id } });
    }
    expect(sent().messages.map(({ role }) => role)).toEqual([
      "user",
      "assistant",
      "user",
      "assistant",
      "user",
    ]);
    expect(await roles(id)).toEqual(["user", "assistant", "user", "assistant", "user", "assistant"]);
  });
});

it("adds an answer that is not kept by itself", async () => {
  const { id } = await client.conversations.create();
  const response = await client.responses.create({
    model: NOVA,
    input: "Hi",
    conversation: id,
    store: false,
  });
  expect(await roles(id)).toEqual(["user", "assistant"]);
  await expect(client.responses.retrieve(response.id)).rejects.toMatchObject({ status: 404 });
});

it("is taken by its object too, and its items can be taken out between two answers", async () => {
  const conversation = await client.conversations.create();
  await client.responses.create({
    model: NOVA,
    input: "Secret word: plum",
    conversation: { id: conversation.id },
  });
  for (const item of await all(client.conversations.items.list(conversation.id)))
    await client.conversations.items.delete(item.id!, { conversation_id: conversation.id });
  await client.responses.create({
    model: NOVA,
    input: "What was it?",
    conversation: { id: conversation.id },
  });
  expect(JSON.stringify(sent())).not.toContain("plum");
});

it.each<[string, object, object]>([
  ["an unknown conversation", { conversation: "conv_nobody" }, { status: 404 }],
  [
    "one beside a previous response",
    { conversation: "conv_1", previous_response_id: "resp_1" },
    { status: 400, code: "mutually_exclusive_parameters" },
  ],
  ["a part's key for one", { conversation: "conv_1:part" }, { status: 404 }],
])("refuses %s before anything is asked", async (_, body, error) => {
  await expect(client.responses.create({ model: NOVA, input: "Hi", ...body })).rejects.toMatchObject(error);
  expect(house.bedrock.requests).toHaveLength(0);
});

it("is no other caller's", async () => {
  const { id } = await client.conversations.create({ items: [{ role: "user", content: "Secret" }] });
  const other = openaiOf(handler, "sk-somebody-else");
  await expect(other.responses.create({ model: NOVA, input: "Hi", conversation: id })).rejects.toMatchObject({
    status: 404,
  });
  expect(await roles(id)).toEqual(["user"]);
});

it("stays as it was where the answer fails", async () => {
  const { id } = await client.conversations.create({ items: [{ role: "user", content: "Hello" }] });
  house.bedrock.enqueue({
    content: [{ text: "one two three" }],
    fault: { kind: "truncate", afterEvents: 3 },
  });
  const stream = await client.responses.create({
    model: CLAUDE,
    input: "Hi",
    conversation: id,
    stream: true,
  });
  await expect(all(stream)).rejects.toThrow();
  expect(await roles(id)).toEqual(["user"]);
});

it("loses no turn of answers that end at the same moment", async () => {
  const { id } = await client.conversations.create();
  await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      client.responses.create({ model: NOVA, input: `Question ${index}`, conversation: id }),
    ),
  );
  expect((await roles(id)).length).toBe(20);
});

it("does not acknowledge an answer that did not become part of it", async () => {
  const { id } = await client.conversations.create();
  store.fails = (operation, key) => operation === "set" && key.includes(":conversation:");
  const asked = { model: NOVA, input: "Hi", conversation: id };
  await expect(client.responses.create(asked)).rejects.toMatchObject({ status: 503 });
  const events = await client.responses.create({ ...asked, stream: true });
  await expect(all(events)).rejects.toThrow();
  store.fails = () => false;
  expect(await roles(id)).toEqual([]);
});

describe("OpenAIConversationsSession of @openai/agents", () => {
  setTracingDisabled(true);
  const weather = tool({
    name: "get_weather",
    description: "The weather of a city",
    parameters: z.object({ city: z.string() }),
    execute: async ({ city }) => `Sunny in ${city}`,
  });

  it("keeps an agent's turns, its tools' too, and gives them back", async () => {
    const agent = new Agent({
      name: "Assistant",
      instructions: "Be brief.",
      model: CLAUDE,
      tools: [weather],
    });
    const session = new OpenAIConversationsSession({ client: client as never });
    const runner = new Runner({
      modelProvider: new OpenAIProvider({ openAIClient: client as never, useResponses: true }),
    });
    await runner.run(agent, 'get_weather for "Oslo" please', { session });
    const second = await runner.run(agent, "Thanks", { session });
    expect(second.finalOutput).toBeTruthy();
    const items = await session.getItems();
    expect(items.map((item) => item.type ?? "message")).toEqual([
      "message",
      "function_call",
      "function_call_result",
      "message",
      "message",
      "message",
    ]);
    expect(JSON.stringify(sent())).toContain("Sunny in Oslo");
    const last = await session.popItem();
    expect(last).toMatchObject({ role: "assistant" });
    expect(await session.getItems()).toHaveLength(5);
    expect(await session.getItems(2)).toHaveLength(2);
    await session.clearSession();
    expect([...store.values.keys()].filter((key) => key.includes(":conversation:"))).toEqual([]);
  });
});
