import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { has, openStore, over, serverOf, twoServers } from "../../support/background.ts";
import { eventually, type House, NOVA, openHouse } from "../../support/bedrock.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const ASKED = { model: NOVA, input: "Think about it.", background: true } as const;

const STALLED = { content: [{ text: "never" }], fault: { kind: "stall", afterEvents: 2 } } as const;

/** Before its headers. */
const SILENT = { content: [{ text: "never" }], fault: { kind: "stall", afterEvents: -1 } } as const;

const isStopped = (): boolean => house.bedrock.requests.at(-1)?.aborted === true;

describe("cancelling a response in the background", () => {
  it.each(["here", "there"] as const)("stops the model, whoever makes it: asked %s", async (where) => {
    const servers = twoServers(house);
    house.bedrock.enqueue(STALLED);
    const { id } = await servers.here.client.responses.create(ASKED);
    await has(servers.here.client, id, "in_progress");
    expect(await servers[where].client.responses.cancel(id)).toMatchObject({
      id,
      status: "cancelled",
      error: null,
    });
    await eventually(isStopped);
    for (const { client } of [servers.here, servers.there])
      expect((await client.responses.retrieve(id)).status).toBe("cancelled");
    expect(house.logged).toEqual([]);
  });

  it("stops it where AWS serves it in OpenAI's own protocol", async () => {
    const { client } = serverOf(house.handler);
    house.bedrock.enqueue({ ...STALLED, fault: { kind: "stall", afterEvents: 5 } });
    const { id } = await client.responses.create({ ...ASKED, model: "us.openai.gpt-6-sol" });
    await has(client, id, "in_progress");
    expect(house.bedrock.requests.at(-1)?.path).toContain("/responses");
    expect((await client.responses.cancel(id)).status).toBe("cancelled");
    await eventually(isStopped);
    expect(house.logged).toEqual([]);
  });

  it("stops it before AWS has said a word", async () => {
    const { client } = serverOf(house.handler);
    house.bedrock.enqueue(SILENT);
    const { id } = await client.responses.create(ASKED);
    await eventually(() => house.bedrock.requests.length === 1);
    expect((await client.responses.cancel(id)).status).toBe("cancelled");
    await eventually(isStopped);
  });

  it("leaves one that is over as it is, however often it is asked", async () => {
    const { client } = serverOf(house.handler);
    house.bedrock.enqueue({ content: [{ text: "Done." }] });
    const { id } = await client.responses.create(ASKED);
    await over(client, id);
    for (const _ of [1, 2])
      expect(await client.responses.cancel(id)).toMatchObject({
        status: "completed",
        output: [{ content: [{ text: "Done." }] }],
      });
  });

  it("gives its place in the house back", async () => {
    const { client } = serverOf(house.withOptions({ maxConcurrency: 2 }));
    house.bedrock.enqueue(STALLED);
    const { id } = await client.responses.create(ASKED);
    await client.responses.cancel(id);
    house.bedrock.enqueue({ content: [{ text: "one" }] }, { content: [{ text: "two" }] });
    const input = { model: NOVA, input: "Hi" };
    const both = await Promise.all([client.responses.create(input), client.responses.create(input)]);
    expect(both.map(({ status }) => status)).toEqual(["completed", "completed"]);
  });

  it("keeps the items that were complete", async () => {
    const { client } = serverOf(house.handler);
    const thought = { reasoningText: { text: "Hm.", signature: "c2lnbmVk" } };
    house.bedrock.enqueue({
      content: [{ reasoningContent: thought }, { text: "Half" }],
      fault: { kind: "stall", afterEvents: 6 },
    });
    const { id } = await client.responses.create(ASKED);
    await eventually(() => house.bedrock.requests.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { output } = await client.responses.cancel(id);
    expect(output.filter(({ type }) => type === "reasoning")).toMatchObject([{ summary: [{ text: "Hm." }] }]);
  });

  it("is refused for one that was not in the background", async () => {
    const { client } = serverOf(house.handler);
    const { id } = await client.responses.create({ model: NOVA, input: "Hi" });
    await expect(client.responses.cancel(id)).rejects.toMatchObject({
      status: 400,
      type: "invalid_request_error",
    });
  });

  it("is refused for what is not there", async () => {
    const { client } = serverOf(house.handler);
    await expect(client.responses.cancel("resp_none")).rejects.toMatchObject({ status: 404 });
  });
});

describe("deleting a response in the background", () => {
  it.each(["here", "there"] as const)("stops the model and leaves nothing: asked %s", async (where) => {
    const servers = twoServers(house);
    house.bedrock.enqueue(STALLED);
    const { id } = await servers.here.client.responses.create(ASKED);
    await has(servers.here.client, id, "in_progress");
    await servers[where].client.responses.delete(id);
    await eventually(isStopped);
    await expect(servers.here.client.responses.retrieve(id)).rejects.toMatchObject({ status: 404 });
    await eventually(() => [...servers.store.keys.keys()].length === 0);
  });

  it("leaves nothing of one whose end is being kept just then", async () => {
    const store = openStore();
    let waits = false;
    let isHeld = true;
    const slow = {
      ...store,
      async set(key: string, value: string): Promise<void> {
        waits ||= key.includes(":response:") && value.includes("Done.");
        if (waits) await eventually(() => !isHeld);
        await store.set(key, value);
      },
    };
    const [here, there] = [slow, store].map((each) => serverOf(house.withOptions({ store: each })));
    house.bedrock.enqueue({ content: [{ text: "Done." }] });
    const { id } = await here!.client.responses.create(ASKED);
    await eventually(() => waits);
    await there!.client.responses.delete(id);
    isHeld = false;
    await eventually(() => store.keys.size === 0);
    await expect(here!.client.responses.retrieve(id)).rejects.toMatchObject({ status: 404 });
  });

  it("leaves nothing where it went wrong on the way and was tried again", async () => {
    const store = openStore();
    let fails = false;
    const flaky = {
      ...store,
      async delete(key: string): Promise<boolean> {
        if (fails && store.keys.size < size) throw new Error("connection lost");
        return store.delete(key);
      },
    };
    const { client } = serverOf(house.withOptions({ store: flaky }));
    house.bedrock.enqueue({ content: [{ text: "Done." }] });
    const { id } = await client.responses.create(ASKED);
    await over(client, id);
    await eventually(() => ![...store.keys.keys()].some((key) => key.endsWith(":lease")));
    const size = store.keys.size;
    fails = true;
    await expect(client.responses.delete(id)).rejects.toMatchObject({ status: 503 });
    fails = false;
    await client.responses.delete(id);
    expect([...store.keys.keys()]).toEqual([]);
  });
});
