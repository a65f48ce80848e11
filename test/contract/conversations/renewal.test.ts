import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { type House, openHouse } from "../../support/bedrock.ts";
import { all, openaiOf } from "../../support/openai-of.ts";

/** A conversation that goes on is kept as a whole: its beginning is not forgotten before its end. */

const HOUR = 3_600_000;

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: new Date("2030-01-01") }));
afterEach(() => void vi.useRealTimers());

const pass = (ms: number): void => void vi.setSystemTime(Date.now() + ms);
const said = [{ role: "user" as const, content: "x".repeat(40_000) }];

it("lives on while it is used, and is forgotten at once when it is not", async () => {
  const { conversations } = openaiOf(house.withOptions({ storeTtl: HOUR }));
  const { id } = await conversations.create({ items: said });
  for (let hours = 0; hours < 5; hours += 1) {
    pass(0.7 * HOUR);
    await conversations.items.create(id, { items: said });
    expect(await all(conversations.items.list(id))).toHaveLength(hours + 2);
  }
  pass(0.7 * HOUR);
  await conversations.update(id, { metadata: { seen: "yes" } });
  pass(0.7 * HOUR);
  expect(await all(conversations.items.list(id))).toHaveLength(6);
  pass(0.4 * HOUR);
  await expect(conversations.retrieve(id)).rejects.toMatchObject({ status: 404 });
});

it("lives on for the whole time after its last use, its beginning too", async () => {
  const { conversations } = openaiOf(house.withOptions({ storeTtl: HOUR }));
  const { id } = await conversations.create({ items: said });
  pass(0.4 * HOUR);
  await conversations.items.create(id, { items: said });
  pass(0.9 * HOUR);
  expect(await all(conversations.items.list(id))).toHaveLength(2);
  await conversations.items.create(id, { items: said });
});
