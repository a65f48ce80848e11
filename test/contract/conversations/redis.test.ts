import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOVA } from "../../support/bedrock.ts";
import { all } from "../../support/openai-of.ts";
import { type Cluster, openCluster, type ServerProcess } from "../../support/state-servers.ts";

/** Conversations and stored completions in two real processes over one real Redis. */

let cluster: Cluster;
let one: ServerProcess;
let other: ServerProcess;
beforeAll(async () => {
  cluster = await openCluster();
  [one, other] = await Promise.all([cluster.start(), cluster.start()]);
});
afterAll(() => cluster.close());

const asked = (): string => JSON.stringify(cluster.bedrock.requests.at(-1)!.body);
const hello = [{ role: "user" as const, content: "Hello" }];

describe("a conversation", () => {
  it("is begun by one process, answered by the other, and read, changed and deleted by both", async () => {
    const [here, there] = [one.openai().conversations, other.openai().conversations];
    const { id } = await here.create({
      items: [{ role: "user", content: "I am Ada." }],
      metadata: { a: "b" },
    });
    await other.openai().responses.create({ model: NOVA, input: "Who am I?", conversation: id });
    expect(asked()).toContain("I am Ada.");
    await one.openai().responses.create({ model: NOVA, input: "And now?", conversation: id });
    expect(asked()).toContain("Who am I?");
    const items = await all(there.items.list(id, { order: "asc" }));
    expect(items).toHaveLength(5);
    await there.items.delete(items[0]!.id!, { conversation_id: id });
    expect(await all(here.items.list(id, { order: "asc" }))).toEqual(items.slice(1));
    expect(await there.update(id, { metadata: { a: "c" } })).toEqual(await here.retrieve(id));
    await here.delete(id);
    await expect(there.retrieve(id)).rejects.toMatchObject({ status: 404 });
    await expect(
      other.openai().responses.create({ model: NOVA, input: "?", conversation: id }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it("is a 503 while the store is gone, and all there when it is back", async () => {
    const client = one.openai();
    const { id } = await client.conversations.create({ items: hello });
    await cluster.redis.kill();
    await expect(client.conversations.retrieve(id)).rejects.toMatchObject({ status: 503 });
    await expect(client.conversations.items.create(id, { items: hello })).rejects.toMatchObject({
      status: 503,
    });
    const before = cluster.bedrock.requests.length;
    await expect(
      client.responses.create({ model: NOVA, input: "Hi", conversation: id }),
    ).rejects.toMatchObject({ status: 503 });
    expect(cluster.bedrock.requests.length).toBe(before);
    await cluster.redis.restart();
    await expect
      .poll(() => client.conversations.retrieve(id).catch(() => undefined), { timeout: 10_000 })
      .toMatchObject({ id });
    expect(await all(client.conversations.items.list(id))).toHaveLength(1);
  });
});

describe("stored completions", () => {
  it("are listed, read and changed by each process, whoever kept them", async () => {
    const keep = async (server: ServerProcess): Promise<string> =>
      (await server.openai().chat.completions.create({ model: NOVA, messages: hello, store: true })).id;
    const ids = await Promise.all([one, other, one, other, one, other].map(keep));
    for (const server of [one, other]) {
      const listed = await all(server.openai().chat.completions.list({ limit: 2 }));
      expect(listed.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    }
    await one.openai().chat.completions.update(ids[1]!, { metadata: { seen: "yes" } });
    const seen = await all(other.openai().chat.completions.list({ metadata: { seen: "yes" } }));
    expect(seen.map(({ id }) => id)).toEqual([ids[1]]);
    await other.openai().chat.completions.delete(ids[0]!);
    await expect(one.openai().chat.completions.retrieve(ids[0]!)).rejects.toMatchObject({ status: 404 });
  });
});

it("a history that one process compacted is read by the other", async () => {
  cluster.bedrock.enqueue({ content: [{ text: "They spoke of plums." }] });
  const { output } = await one.openai().responses.compact({ model: NOVA, input: hello });
  await other.openai().responses.create({ model: NOVA, input: output as never });
  expect(asked()).toContain("They spoke of plums.");
});
