import type OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLAUDE, type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { all, openaiOf } from "../../support/openai-of.ts";

/** Ids are the caller's where it gives them: two items that bear one are still two, and lists of them end. */

let house: House;
let client: OpenAI;
beforeAll(async () => {
  house = await openHouse();
  client = openaiOf(house.handler);
});
afterAll(() => house.bedrock.close());

type Items = OpenAI.Responses.ResponseInputItem[];

/** OpenAI's types have no id here, its service has. */
function says(content: string, id: string): Items[number] {
  const item = {
    type: "message",
    role: "user",
    content: [{ type: "input_text", text: content }],
    id,
  } as const;
  return { ...item, content: [...item.content] };
}
const textsOf = (items: readonly object[]): unknown[] =>
  items.flatMap((item) => {
    const { role, content } = item as { role?: string; content?: { text?: string }[] };
    return role === "user" ? (content ?? []).map(({ text }) => text) : [];
  });

describe.each(["msg_same", ""])("items that are all called '%s'", (id) => {
  const input = ["one", "two", "three"].map((text) => says(text, id));

  it("are all kept with their response, and listed once", async () => {
    const response = await client.responses.create({ model: NOVA, input });
    const items = await all(client.responses.inputItems.list(response.id, { limit: 1, order: "asc" }));
    expect(textsOf(items)).toEqual(["one", "two", "three"]);
    expect(new Set(items.map((item) => item.id)).size).toBe(3);
  });

  it("are all part of the conversation that they are said in", async () => {
    const { id: conversation } = await client.conversations.create();
    await client.responses.create({ model: NOVA, input, conversation });
    const items = await all(client.conversations.items.list(conversation, { limit: 1, order: "asc" }));
    expect(textsOf(items)).toEqual(["one", "two", "three"]);
  });
});

it("an item by an id that the conversation has is a 400, and not left out of it unsaid", async () => {
  const { id: conversation } = await client.conversations.create({ items: [says("one", "msg_same")] });
  await expect(
    client.responses.create({ model: NOVA, input: [says("two", "msg_same")], conversation }),
  ).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining("Duplicate item found with id msg_same"),
  });
});

const SHELL = [{ type: "local_shell" }] as const;

it("what a local shell put out bears the id of its call, and is part of the conversation beside it", async () => {
  const { id: conversation } = await client.conversations.create();
  house.bedrock.enqueue({
    content: [{ toolUse: { toolUseId: "t1", name: "local_shell", input: { command: ["ls"] } } }],
  });
  const asked = { model: CLAUDE, conversation, tools: [...SHELL] };
  const { output } = await client.responses.create({ ...asked, input: "What is here?" });
  const id = output.find(({ type }) => type === "local_shell_call")!.id!;
  const result: Items[number] = { type: "local_shell_call_output", id, output: "a file" };
  await client.responses.create({ ...asked, input: [result] });
  expect((await client.responses.create({ ...asked, input: "Thanks." })).status).toBe("completed");
  const items = await all(client.conversations.items.list(conversation));
  expect(items.map(({ type }) => type as string)).toContain("local_shell_call_output");
});
