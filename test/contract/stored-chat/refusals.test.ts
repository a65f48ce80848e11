import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import { completeChat, streamChat } from "../../../src/index.ts";
import { CLAUDE, eventually, type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { all, openaiOf } from "../../support/openai-of.ts";
import { chatRequest } from "../../support/requests.ts";
import { chunksOf } from "../../support/sse.ts";
import { createSwitchedStore, type SwitchedStore } from "../../support/switched-store.ts";

/** What cannot be kept is not acknowledged, and what makes no sense leaves nothing behind. */

let house: House;
let store: SwitchedStore;
let handler: BedrockOpenAIHandler;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());
beforeEach(() => {
  house.bedrock.reset();
  house.logged.length = 0;
  store = createSwitchedStore();
  handler = house.withOptions({ store });
});

const messages = [{ role: "user", content: "Hello" }];
const NATIVE = "us.openai.gpt-6-sol";

it.each([CLAUDE, NATIVE])("tells of %s that the answer could not be kept", async (model) => {
  store.fails = (operation) => operation === "set";
  const response = await handler(chatRequest({ model, store: true }));
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({
    error: { type: "server_error", code: "service_unavailable" },
  });
});

it.each([CLAUDE, NATIVE])("never ends a stream of %s that could not be kept", async (model) => {
  store.fails = (operation) => operation === "set";
  const response = await handler(chatRequest({ model, store: true, stream: true }));
  const { chunks, done } = chunksOf(await response.text());
  expect(done).toBe(false);
  expect(chunks.at(-1)).toMatchObject({ error: { code: "service_unavailable" } });
  expect(chunks.some((chunk) => chunk.choices?.[0]?.finish_reason)).toBe(false);
  expect(store.values.size).toBe(0);
});

it("leaves no answer behind whose entry in the ledger failed", async () => {
  store.fails = (operation, key) => operation === "set" && key.includes(":chats:");
  expect((await handler(chatRequest({ model: NOVA, store: true }))).status).toBe(503);
  store.fails = () => false;
  expect(await all(openaiOf(handler).chat.completions.list())).toEqual([]);
});

it("keeps nothing of a stream that broke off", async () => {
  house.bedrock.enqueue({
    content: [{ text: "one two three" }],
    fault: { kind: "truncate", afterEvents: 3 },
  });
  const response = await handler(chatRequest({ model: CLAUDE, store: true, stream: true }));
  expect(await response.text()).toContain('"error"');
  expect(store.values.size).toBe(0);
});

it("keeps nothing of a question that is only explained", async () => {
  const response = await handler(
    chatRequest({ model: CLAUDE, store: true }, { headers: { "x-bedrock-explain": "1" } }),
  );
  expect(response.status).toBe(200);
  expect(store.values.size).toBe(0);
  expect(response.headers.get("x-bedrock-adjustments")).toBeNull();
});

it("says that it keeps nothing where nothing is kept, and has no such endpoints", async () => {
  const without = house.withOptions({ store: false });
  const response = await without(chatRequest({ model: CLAUDE, store: true }));
  expect(response.status).toBe(200);
  expect(response.headers.get("x-bedrock-adjustments")).toContain('"store"');
  const client = openaiOf(without);
  await expect(client.chat.completions.list()).rejects.toMatchObject({ status: 404 });
  await expect(client.chat.completions.retrieve("chatcmpl-1")).rejects.toMatchObject({ status: 404 });
  const strict = house.withOptions({ store: false, unsupported: "reject" });
  expect((await strict(chatRequest({ model: CLAUDE, store: true }))).status).toBe(400);
});

it("takes store: true under unsupported: 'reject', where it is supported", async () => {
  const strict = house.withOptions({ store, unsupported: "reject" });
  expect((await strict(chatRequest({ model: CLAUDE, store: true }))).status).toBe(200);
});

it.each([
  ["a key of 65 characters", { metadata: { ["k".repeat(65)]: "v" } }, "metadata"],
  ["a value of 513 characters", { metadata: { k: "v".repeat(513) } }, "metadata"],
  ["a word for store", { store: "yes" }, "store"],
])("refuses %s before anything is asked", async (_, wrong, param) => {
  const response = await handler(chatRequest({ model: CLAUDE, store: true, ...wrong }));
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { param } });
  expect(house.bedrock.requests).toHaveLength(0);
});

it.each([
  ["?limit=0", "limit"],
  ["?limit=101", "limit"],
  ["?limit=ten", "limit"],
  ["?order=up", "order"],
  ["?after=chatcmpl-nobody", "after"],
])("refuses the list %s", async (query, param) => {
  const response = await handler(new Request(`http://localhost/v1/chat/completions${query}`));
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error", param } });
});

it.each([
  [{}, "metadata"],
  [{ metadata: "x" }, "metadata"],
  [{ metadata: { a: 1 } }, "metadata.a"],
  [
    { metadata: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, "v"])) },
    "metadata",
  ],
])("refuses the change %j", async (body, param) => {
  const { id } = await openaiOf(handler).chat.completions.create({
    model: NOVA,
    messages: messages as never,
    store: true,
  });
  const response = await handler(
    new Request(`http://localhost/v1/chat/completions/${id}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer sk-anybody" },
      body: JSON.stringify(body),
    }),
  );
  expect([response.status, await response.json()]).toMatchObject([400, { error: { param } }]);
});

it.each(["chatcmpl-nobody", "sheets", "x:messages", "..%2F..%2Fsecret", "%E0%A4%A", "a".repeat(5000)])(
  "has nothing under the id %.40s",
  async (id) => {
    const response = await handler(new Request(`http://localhost/v1/chat/completions/${id}`));
    expect(response.status).toBe(404);
  },
);

it("does not tell a failing store as something that is not there", async () => {
  const client = openaiOf(handler);
  const { id } = await client.chat.completions.create({
    model: NOVA,
    messages: messages as never,
    store: true,
  });
  store.fails = () => true;
  await expect(client.chat.completions.retrieve(id)).rejects.toMatchObject({ status: 503 });
  await expect(client.chat.completions.list()).rejects.toMatchObject({ status: 503 });
  await expect(client.chat.completions.delete(id)).rejects.toMatchObject({ status: 503 });
  store.fails = () => false;
  expect(await client.chat.completions.retrieve(id)).toMatchObject({ id });
});

it("keeps in process too, and throws where it cannot", async () => {
  const request = { model: NOVA, messages, store: true };
  const { value } = await completeChat(request, handler);
  const streamed = await streamChat(request, handler);
  const ids = (await all(streamed.value)).map(({ id }) => id);
  const listed = await handler(new Request("http://localhost/v1/chat/completions"));
  expect(await listed.json()).toMatchObject({ data: [{ id: value.id }, { id: ids[0] }] });
  store.fails = (operation) => operation === "set";
  await expect(completeChat(request, handler)).rejects.toMatchObject({ status: 503 });
  const failing = await streamChat(request, handler);
  await expect(all(failing.value)).rejects.toMatchObject({ status: 503 });
});

it("keeps nothing longer for having been changed, and as long as the operator said", async () => {
  const ttls: [key: string, ttl: number | undefined][] = [];
  const timed = {
    ...store,
    set: async (key: string, value: string, ttl?: number) => (ttls.push([key, ttl]), store.set(key, value)),
  };
  const client = openaiOf(house.withOptions({ store: timed, storeTtl: 60_000 }));
  const { id } = await client.chat.completions.create({
    model: NOVA,
    messages: messages as never,
    store: true,
  });
  await client.chat.completions.update(id, { metadata: { a: "b" } });
  const [made, changed] = ttls.flatMap(([key, ttl]) => (key.endsWith(`:${id}`) ? [ttl] : []));
  expect(made).toBe(60_000);
  expect(changed).toBeGreaterThan(0);
  expect(changed).toBeLessThanOrEqual(60_000);
  expect(ttls.every(([, ttl]) => ttl !== undefined && ttl <= 75_000)).toBe(true);
});

it("asks no model again while the store is down", async () => {
  store.fails = () => true;
  for (const stream of [false, true])
    expect((await handler(chatRequest({ model: CLAUDE, store: true, stream }))).status).toBe(503);
  expect(house.bedrock.requests).toHaveLength(1);
  expect((await handler(chatRequest({ model: CLAUDE }))).status).toBe(200);
});

it.each([CLAUDE, NATIVE])("stops %s and keeps nothing when its reader leaves", async (model) => {
  house.bedrock.enqueue({ content: [{ text: "one two three four five six" }], delayMs: 20 });
  const response = await handler(chatRequest({ model, store: true, stream: true }));
  const reader = response.body!.getReader();
  await reader.read();
  await reader.cancel();
  await eventually(() => house.bedrock.openRequests === 0);
  expect(store.values.size).toBe(0);
});
