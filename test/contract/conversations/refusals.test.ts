import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import { type House, openHouse } from "../../support/bedrock.ts";
import { all, openaiOf } from "../../support/openai-of.ts";
import { createSwitchedStore, type SwitchedStore } from "../../support/switched-store.ts";

/** What makes no sense, or cannot be kept, leaves a conversation as it was. */

let house: House;
let store: SwitchedStore;
let handler: BedrockOpenAIHandler;
let id: string;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());
beforeEach(async () => {
  store = createSwitchedStore();
  handler = house.withOptions({ store, maxBodyBytes: 100_000 });
  id = (
    await openaiOf(handler).conversations.create({
      items: [{ id: "msg_1", role: "user", content: "Hello" }] as never,
    })
  ).id;
});

const post = (path: string, body: unknown): Promise<Response> =>
  handler(
    new Request(`http://localhost/v1${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer sk-anybody" },
      body: typeof body === "string" ? body : JSON.stringify(body),
    }),
  );
const items = (): Promise<object[]> => all(openaiOf(handler).conversations.items.list(id));
const says = (content: string): object => ({ role: "user", content });
const many = (count: number): object[] => Array.from({ length: count }, (_, index) => says(String(index)));

it.each<[string, unknown, string | null]>([
  ["no items", {}, "items"],
  ["an empty list", { items: [] }, "items"],
  ["more than 20 items", { items: many(21) }, "items"],
  ["an item of no kind", { items: [{ type: "nonsense" }] }, "items[0].type"],
  ["a message of no role", { items: [{ role: "nobody", content: "x" }] }, "items[0].role"],
  [
    "a call without a name",
    { items: [{ type: "function_call", call_id: "c", arguments: "{}" }] },
    "items[0].name",
  ],
  ["an item that is there already", { items: [{ id: "msg_1", ...says("again") }] }, "items"],
  [
    "an item twice",
    {
      items: [
        { id: "a", ...says("x") },
        { id: "a", ...says("y") },
      ],
    },
    "items",
  ],
  ["a reference to nothing", { items: [{ type: "item_reference", id: "msg_nobody" }] }, "input"],
  ["no JSON", "{", null],
  ["a list", [], null],
])("refuses %s, and nothing is added", async (_, body, param) => {
  const before = await items();
  const response = await post(`/conversations/${id}/items`, body);
  expect([400, 404]).toContain(response.status);
  expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error", param } });
  expect(await items()).toEqual(before);
});

it.each<[string, unknown, string]>([
  ["metadata of numbers", { metadata: { a: 1 } }, "metadata.a"],
  [
    "too much metadata",
    { metadata: Object.fromEntries(many(17).map((_, index) => [`k${index}`, "v"])) },
    "metadata",
  ],
  ["more than 20 items", { items: many(21) }, "items"],
])("refuses a conversation with %s, and none is made", async (_, body, param) => {
  const before = store.values.size;
  const response = await post("/conversations", body);
  expect([response.status, await response.json()]).toMatchObject([400, { error: { param } }]);
  expect(store.values.size).toBe(before);
});

it("refuses a body that is no JSON by its own word", async () => {
  const request = new Request("http://localhost/v1/conversations", { method: "POST", body: "a=b" });
  expect((await handler(request)).status).toBe(415);
});

it("refuses what would make it longer than any request, and says so", async () => {
  for (let count = 0; count < 3; count += 1)
    expect((await post(`/conversations/${id}/items`, { items: [says("x".repeat(30_000))] })).status).toBe(
      200,
    );
  const response = await post(`/conversations/${id}/items`, { items: [says("x".repeat(30_000))] });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: "context_length_exceeded" } });
  expect(await items()).toHaveLength(4);
});

it.each(["?limit=0", "?limit=1e2", "?order=newest", "?after=msg_nobody"])(
  "refuses the list %s",
  async (query) => {
    const request = new Request(`http://localhost/v1/conversations/${id}/items${query}`, {
      headers: { authorization: "Bearer sk-anybody" },
    });
    expect((await handler(request)).status).toBe(400);
  },
);

it("does not take the key of a part for a conversation", async () => {
  const key = [...store.values.keys()].find((each) => each.includes(`${id}:`))!;
  const part = key.slice(key.indexOf(id));
  const request = new Request(`http://localhost/v1/conversations/${encodeURIComponent(part)}`, {
    headers: { authorization: "Bearer sk-anybody" },
  });
  expect((await handler(request)).status).toBe(404);
  const raw = new Request(`http://localhost/v1/conversations/${part}`, {
    headers: { authorization: "Bearer sk-anybody" },
  });
  expect((await handler(raw)).status).toBe(404);
});

it.each<["get" | "set" | "delete", string]>([
  ["get", "head"],
  ["set", "head"],
  ["set", "part"],
  ["delete", "part"],
])(
  "tells a store that fails to %s a %s as a 503, and is whole again afterwards",
  async (operation, which) => {
    const before = await items();
    const isPart = (key: string): boolean => /conv_[0-9a-f]+:/.test(key);
    store.fails = (what, key) => what === operation && isPart(key) === (which === "part");
    const client = openaiOf(handler);
    const tries: Promise<unknown>[] =
      operation === "delete"
        ? [client.conversations.delete(id)]
        : [client.conversations.items.create(id, { items: [says("lost")] as never })];
    for (const each of tries) await expect(each).rejects.toMatchObject({ status: 503 });
    store.fails = () => false;
    expect(await items()).toEqual(before);
  },
);

it("is not told by half where a part of it was forgotten", async () => {
  const key = [...store.values.keys()].find((each) => each.includes(`${id}:`));
  store.values.delete(key!);
  await expect(items()).rejects.toMatchObject({ status: 404 });
});

it("is nowhere where nothing is kept", async () => {
  handler = house.withOptions({ store: false });
  expect((await post("/conversations", {})).status).toBe(404);
  expect((await post(`/conversations/${id}/items`, { items: many(1) })).status).toBe(404);
});
