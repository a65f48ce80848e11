import type OpenAI from "openai";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type House, openHouse } from "../../support/bedrock.ts";
import { all, openaiOf } from "../../support/openai-of.ts";
import { assertSchema } from "../../support/openai-schema.ts";
import { createSwitchedStore, type SwitchedStore } from "../../support/switched-store.ts";

/** A conversation is what was put into it, in its order, and nobody else's. */

let house: House;
let store: SwitchedStore;
let client: OpenAI;
let other: OpenAI;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());
beforeEach(() => {
  store = createSwitchedStore();
  const handler = house.withOptions({ store });
  client = openaiOf(handler);
  other = openaiOf(handler, "sk-somebody-else");
});

type Items = OpenAI.Responses.ResponseInputItem[];

const says = (content: string): Items[number] => ({ role: "user", content });
const textOf = (item: object): unknown =>
  (item as { content?: { text?: string }[] }).content?.map(({ text }) => text).join("");
const texts = async (id: string, query: object = { order: "asc" }): Promise<unknown[]> =>
  (await all(client.conversations.items.list(id, query))).map(textOf);

describe("a conversation", () => {
  it.each([[undefined], [{}], [null]])("is created from %j", async (body) => {
    const made = await client.conversations.create(body);
    assertSchema("ConversationResource", made);
    expect(made).toMatchObject({ object: "conversation", metadata: {} });
    expect(made.id).toMatch(/^conv_/);
    expect(await client.conversations.retrieve(made.id)).toEqual(made);
  });

  it("is created with items and metadata, changed, and deleted with all that was in it", async () => {
    const made = await client.conversations.create({ metadata: { topic: "demo" }, items: [says("Hello")] });
    expect(made.metadata).toEqual({ topic: "demo" });
    expect(await texts(made.id)).toEqual(["Hello"]);
    const changed = await client.conversations.update(made.id, { metadata: { topic: "other" } });
    expect(changed).toEqual({ ...made, metadata: { topic: "other" } });
    expect(await texts(made.id)).toEqual(["Hello"]);
    const deleted = await client.conversations.delete(made.id);
    assertSchema("DeletedConversationResource", deleted);
    await expect(client.conversations.retrieve(made.id)).rejects.toMatchObject({ status: 404 });
    await expect(client.conversations.items.list(made.id)).rejects.toMatchObject({ status: 404 });
    expect(store.values.size).toBe(0);
  });

  it("is to another caller as if it were not there", async () => {
    const { id } = await client.conversations.create({ items: [says("Secret")] });
    const [item] = await all(client.conversations.items.list(id));
    const missing = { status: 404, error: { message: `Conversation with id '${id}' not found.` } };
    const place = { conversation_id: id };
    await expect(other.conversations.retrieve(id)).rejects.toMatchObject(missing);
    await expect(other.conversations.update(id, { metadata: {} })).rejects.toMatchObject(missing);
    await expect(other.conversations.delete(id)).rejects.toMatchObject(missing);
    await expect(other.conversations.items.list(id)).rejects.toMatchObject(missing);
    await expect(other.conversations.items.create(id, { items: [says("x")] })).rejects.toMatchObject(missing);
    await expect(other.conversations.items.retrieve(item!.id!, place)).rejects.toMatchObject(missing);
    await expect(other.conversations.items.delete(item!.id!, place)).rejects.toMatchObject(missing);
    expect(await texts(id)).toEqual(["Secret"]);
  });
});

const KINDS: Items = [
  { role: "system", content: "Be brief." },
  {
    role: "user",
    content: [
      { type: "input_text", text: "See" },
      { type: "input_image", image_url: "data:image/png;base64,AA==", detail: "auto" },
    ],
  },
  {
    type: "reasoning",
    id: "rs_1",
    summary: [{ type: "summary_text", text: "Hm." }],
    encrypted_content: "sealed",
  },
  { type: "function_call", id: "fc_1", call_id: "call_1", name: "f", arguments: "{}", status: "completed" },
  { type: "function_call_output", call_id: "call_1", output: "42" },
  { type: "custom_tool_call", call_id: "call_2", name: "g", input: "x" },
  { type: "custom_tool_call_output", call_id: "call_2", output: "y" },
  { role: "assistant", content: "Done" },
  { type: "compaction", encrypted_content: "sealed" },
];

describe("the items of a conversation", () => {
  it("come back whole and in order, of every kind, each with an id", async () => {
    const { id } = await client.conversations.create();
    const raw = await client.conversations.items.create(id, { items: KINDS }).asResponse();
    const added = (await raw.json()) as OpenAI.Conversations.ConversationItemList;
    assertSchema("ConversationItemList", added);
    const listed = await all(client.conversations.items.list(id, { order: "asc" }));
    expect(listed).toEqual(added.data);
    expect(listed.map((item) => item.type)).toEqual(KINDS.map((item) => item.type ?? "message"));
    expect(new Set(listed.map((item) => item.id)).size).toBe(KINDS.length);
    expect(listed[0]).toMatchObject({
      role: "system",
      status: "completed",
      content: [{ type: "input_text", text: "Be brief." }],
    });
    expect(listed[7]).toMatchObject({ content: [{ type: "output_text", text: "Done", annotations: [] }] });
    for (const item of listed)
      expect(await client.conversations.items.retrieve(item.id!, { conversation_id: id })).toEqual(item);
  });

  it("tell sealed reasoning only to who asks for it", async () => {
    const { id } = await client.conversations.create({ items: KINDS });
    const place = { conversation_id: id };
    expect(await client.conversations.items.retrieve("rs_1", place)).not.toHaveProperty("encrypted_content");
    const include = ["reasoning.encrypted_content" as const];
    expect(await client.conversations.items.retrieve("rs_1", { ...place, include })).toMatchObject({
      encrypted_content: "sealed",
    });
    const listed = await all(client.conversations.items.list(id, { include }));
    expect(listed.find((item) => item.type === "reasoning")).toMatchObject({ encrypted_content: "sealed" });
  });

  it("come in pages, the newest first where nothing is said", async () => {
    const { id } = await client.conversations.create({ items: [says("0"), says("1")] });
    await client.conversations.items.create(id, { items: [says("2"), says("3"), says("4")] });
    expect(await texts(id, {})).toEqual(["4", "3", "2", "1", "0"]);
    expect(await texts(id, { limit: 2 })).toEqual(["4", "3", "2", "1", "0"]);
    expect(await texts(id, { limit: 1, order: "asc" })).toEqual(["0", "1", "2", "3", "4"]);
    const page = await client.conversations.items.list(id, { limit: 2, order: "asc" });
    expect([page.has_more, page.data.length]).toEqual([true, 2]);
    const after = page.last_id;
    expect(await texts(id, { after, order: "asc" })).toEqual(["2", "3", "4"]);
    const none = await client.conversations.items.list((await client.conversations.create()).id).asResponse();
    assertSchema("ConversationItemList", await none.json());
  });

  it("are read in few steps after many turns, also where large ones stand between", async () => {
    const { id } = await client.conversations.create();
    const said = Array.from({ length: 120 }, (_, index) =>
      index % 40 === 7 ? "x".repeat(40_000) : `turn ${index}`,
    );
    for (const each of said) await client.conversations.items.create(id, { items: [says(each)] });
    expect(await texts(id, { order: "asc", limit: 100 })).toEqual(said);
    const parts = [...store.values.keys()].filter((key) => key.includes(`${id}:`));
    expect(parts.length).toBeLessThan(10);
    const [first] = await all(client.conversations.items.list(id, { order: "asc", limit: 100 }));
    await client.conversations.items.delete(first!.id!, { conversation_id: id });
    expect(await texts(id, { order: "asc", limit: 100 })).toEqual(said.slice(1));
  });

  it("are not there twice where adding them failed half-way and was tried again", async () => {
    const { id } = await client.conversations.create({ items: [says("0")] });
    const items = [{ id: "msg_1", type: "message", ...says("1") }] as Items;
    store.fails = (operation, key) => operation === "set" && key.endsWith(id);
    await expect(client.conversations.items.create(id, { items })).rejects.toMatchObject({ status: 503 });
    expect(await texts(id)).toEqual(["0"]);
    store.fails = () => false;
    await client.conversations.items.create(id, { items });
    expect(await texts(id)).toEqual(["0", "1"]);
  });

  it("are deleted one by one", async () => {
    const { id } = await client.conversations.create({ items: [says("0"), says("1"), says("2")] });
    const [, middle] = await all(client.conversations.items.list(id));
    const place = { conversation_id: id };
    expect(await client.conversations.items.delete(middle!.id!, place)).toMatchObject({
      id,
      object: "conversation",
    });
    expect(await texts(id)).toEqual(["0", "2"]);
    expect([...store.values.values()].join()).not.toContain('"1"');
    await expect(client.conversations.items.retrieve(middle!.id!, place)).rejects.toMatchObject({
      status: 404,
    });
    await expect(client.conversations.items.delete(middle!.id!, place)).rejects.toMatchObject({
      status: 404,
    });
    for (const item of await all(client.conversations.items.list(id)))
      await client.conversations.items.delete(item.id!, place);
    expect(await texts(id)).toEqual([]);
    expect([...store.values.values()].join()).not.toContain('"message"');
  });

  it("are all there that were added at the same moment, and deleted ones are not", async () => {
    const { id } = await client.conversations.create({
      items: Array.from({ length: 10 }, (_, index) => says(`old ${index}`)),
    });
    const old = await all(client.conversations.items.list(id));
    await Promise.all([
      ...Array.from({ length: 40 }, (_, index) =>
        client.conversations.items.create(id, { items: [says(`new ${index}`)] }),
      ),
      ...old.map((item) => client.conversations.items.delete(item.id!, { conversation_id: id })),
      client.conversations.update(id, { metadata: { a: "b" } }),
    ]);
    const found = await texts(id);
    expect(found.toSorted()).toEqual(Array.from({ length: 40 }, (_, index) => `new ${index}`).toSorted());
    expect(await client.conversations.retrieve(id)).toMatchObject({ metadata: { a: "b" } });
  });
});
