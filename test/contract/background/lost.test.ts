import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BEAT_MS } from "../../../src/wires/responses/background/lease.ts";
import { has, openStore, over, serverOf, twoServers } from "../../support/background.ts";
import { eventually, type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { checkResponseEvents, eventsOf } from "../../support/response-events.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await house.bedrock.close();
});

const ASKED = { model: NOVA, input: "Think about it.", background: true } as const;

const STALLED = { content: [{ text: "word ".repeat(9) }], fault: { kind: "stall", afterEvents: 4 } } as const;

/** What time does where nobody says any longer that he is at work. */
function letTheLeaseRunOut({ keys }: { keys: Map<string, string> }): void {
  for (const key of keys.keys()) if (key.endsWith(":lease")) keys.delete(key);
}

/** Then it is time to say again that one is at work. */
function letTimePass(ms: number): void {
  const now = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => now() + ms);
}

describe("a response whose server is gone", () => {
  it("failed, and does not stay in progress for ever", async () => {
    const { here, there, store } = twoServers(house);
    house.bedrock.enqueue(STALLED);
    const { id } = await here.client.responses.create(ASKED);
    await has(there.client, id, "in_progress");
    letTheLeaseRunOut(store);
    expect(await there.client.responses.retrieve(id)).toMatchObject({
      status: "failed",
      error: { code: "server_error", message: expect.stringContaining("stopped") },
    });
    // Also to the one that was only taken for gone.
    expect((await here.client.responses.retrieve(id)).status).toBe("failed");
    await here.client.responses.cancel(id);
  });

  it("is cancelled by whoever is asked to", async () => {
    const { here, there, store } = twoServers(house);
    house.bedrock.enqueue(STALLED);
    const { id } = await here.client.responses.create(ASKED);
    await has(there.client, id, "in_progress");
    letTheLeaseRunOut(store);
    expect((await there.client.responses.cancel(id)).status).toBe("cancelled");
  });

  it("fails to who follows its events, behind those that were kept", async () => {
    const { here, there, store } = twoServers(house);
    house.bedrock.enqueue(STALLED);
    const { id } = await here.client.responses.create({ ...ASKED });
    await has(there.client, id, "in_progress");
    letTheLeaseRunOut(store);
    const url = `http://bedrock/v1/responses/${id}?stream=true`;
    const told = await there.handler(new Request(url, { headers: { authorization: "Bearer sk-one" } }));
    const events = eventsOf(await told.text());
    expect(events.at(-1)).toMatchObject({ type: "response.failed", response: { status: "failed" } });
    expect(events.map((event) => event.sequence_number)).toEqual([...events.keys()]);
  });

  it("stays failed where it was only taken for gone and comes to an end", async () => {
    let isOver = false;
    const { here, there, store } = twoServers(house, { onUsage: () => void (isOver = true) });
    house.bedrock.enqueue({ content: [{ text: "word ".repeat(9) }], delayMs: 40 });
    const { id } = await here.client.responses.create(ASKED);
    await has(there.client, id, "in_progress");
    letTheLeaseRunOut(store);
    expect((await there.client.responses.retrieve(id)).status).toBe("failed");
    await eventually(() => isOver);
    expect((await there.client.responses.retrieve(id)).status).toBe("failed");
  });

  it("keeps its lease as long as it is at work", async () => {
    const { here, there, store } = twoServers(house);
    house.bedrock.enqueue(STALLED);
    const { id } = await here.client.responses.create(ASKED);
    await has(there.client, id, "in_progress");
    letTheLeaseRunOut(store);
    letTimePass(BEAT_MS);
    await eventually(() => [...store.keys.keys()].some((key) => key.endsWith(":lease")));
    expect((await there.client.responses.retrieve(id)).status).toBe("in_progress");
    await here.client.responses.cancel(id);
  });
});

describe("a store that is away for a moment", () => {
  it("loses nothing of a response that was promised", async () => {
    const store = openStore();
    let isAway = false;
    const flaky = {
      ...store,
      async set(key: string, value: string): Promise<void> {
        if (isAway) throw new Error("connection lost");
        await store.set(key, value);
      },
    };
    const server = serverOf(house.withOptions({ store: flaky }));
    house.bedrock.enqueue({ content: [{ text: "word ".repeat(9) }], delayMs: 20 });
    const { id } = await server.client.responses.create(ASKED);
    await has(server.client, id, "in_progress");
    isAway = true;
    setTimeout(() => (isAway = false), 600);
    expect(await over(server.client, id)).toMatchObject({
      status: "completed",
      output_text: "word ".repeat(9),
    });
    const url = `http://bedrock/v1/responses/${id}?stream=true`;
    const told = await server.handler(new Request(url, { headers: { authorization: "Bearer sk-one" } }));
    expect(checkResponseEvents(eventsOf(await told.text())).status).toBe("completed");
  });
});
