import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import { type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { all, openaiOf } from "../../support/openai-of.ts";
import { createSwitchedStore, type SwitchedStore } from "../../support/switched-store.ts";

/** Processes that share a store share what they keep. Two handlers share no more than two processes do. */

let house: House;
let store: SwitchedStore;
let processes: BedrockOpenAIHandler[];
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());
beforeEach(() => {
  store = createSwitchedStore();
  processes = [1, 2, 3].map(() =>
    house.withOptions({ store: { get: store.get, set: store.set, delete: store.delete } }),
  );
});

const keep = (handler: BedrockOpenAIHandler): Promise<{ id: string }> =>
  openaiOf(handler).chat.completions.create({
    model: NOVA,
    messages: [{ role: "user", content: "Hi" }],
    store: true,
  });
const listed = async (handler: BedrockOpenAIHandler): Promise<string[]> =>
  (await all(openaiOf(handler).chat.completions.list())).map(({ id }) => id).toSorted();

it("lists what all of them kept, also at the same moment", async () => {
  const made = await Promise.all(processes.flatMap((each) => Array.from({ length: 15 }, () => keep(each))));
  for (const each of processes) expect(await listed(each)).toEqual(made.map(({ id }) => id).toSorted());
});

it("puts a sheet back that another process wrote over", async () => {
  const first = await keep(processes[0]!);
  for (const key of store.values.keys()) if (key.endsWith(":sheets")) store.values.set(key, "[]");
  const second = await keep(processes[1]!);
  expect(await listed(processes[0]!)).toEqual([second.id]);
  const third = await keep(processes[0]!);
  expect(await listed(processes[1]!)).toEqual([first.id, second.id, third.id].toSorted());
});

it("reads, changes and deletes what another one kept", async () => {
  const [one, two] = processes.map((each) => openaiOf(each));
  const { id } = await keep(processes[0]!);
  expect(await two!.chat.completions.retrieve(id)).toMatchObject({ id });
  await two!.chat.completions.update(id, { metadata: { seen: "yes" } });
  expect(await one!.chat.completions.retrieve(id)).toMatchObject({ metadata: { seen: "yes" } });
  await two!.chat.completions.delete(id);
  await expect(one!.chat.completions.retrieve(id)).rejects.toMatchObject({ status: 404 });
  expect(await listed(processes[0]!)).toEqual([]);
});

it("goes on with a conversation that another one began", async () => {
  const [one, two] = processes.map((each) => openaiOf(each));
  const { id } = await one!.conversations.create({ items: [{ role: "user", content: "I am Ada." }] });
  await two!.responses.create({ model: NOVA, input: "Who am I?", conversation: id });
  expect(JSON.stringify(house.bedrock.requests.at(-1)!.body)).toContain("I am Ada.");
  expect(await all(one!.conversations.items.list(id))).toHaveLength(3);
});

it("is kept for whole milliseconds, whatever `storeTtl` is: Redis takes no other", async () => {
  const times: (number | undefined)[] = [];
  const watched = {
    ...store,
    async set(key: string, value: string, ttl?: number): Promise<void> {
      times.push(ttl);
      await store.set(key, value);
    },
  };
  const handler = house.withOptions({ store: watched, storeTtl: 1_000_001 });
  await keep(handler);
  await openaiOf(handler).conversations.create({ items: [{ role: "user", content: "Hi" }] });
  expect(times.length).toBeGreaterThan(4);
  for (const each of times) expect(each).toSatisfy(Number.isSafeInteger);
});
