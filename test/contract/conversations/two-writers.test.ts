import type OpenAI from "openai";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openStore } from "../../support/background.ts";
import { eventually, type House, openHouse } from "../../support/bedrock.ts";
import { all, openaiOf } from "../../support/openai-of.ts";

/** Two who add to one conversation in the same moment: by one process nothing is lost, by two no more than one addition. */

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

const says = (content: string): OpenAI.Responses.ResponseInputItem => ({ role: "user", content });
const texts = async (client: OpenAI, id: string): Promise<unknown[]> =>
  (await all(client.conversations.items.list(id, { order: "asc" }))).map(
    (item) => (item as { content?: { text?: string }[] }).content?.[0]?.text,
  );

it("what two processes add together is not lost with both of them", async () => {
  const store = openStore();
  let isHeld = false;
  let waits = false;
  const slow = {
    ...store,
    async set(key: string, value: string): Promise<void> {
      // What the conversation is made of, written last.
      waits ||= isHeld && /:conversation:conv_[^:]+$/.test(key);
      if (waits) await eventually(() => !isHeld);
      await store.set(key, value);
    },
  };
  const [here, there] = [slow, store].map((each) => openaiOf(house.withOptions({ store: each })));
  const { id } = await here!.conversations.create({ items: [says("first")] });
  isHeld = true;
  const adding = here!.conversations.items.create(id, { items: [says("here")] });
  await eventually(() => waits);
  await there!.conversations.items.create(id, { items: [says("there")] });
  isHeld = false;
  await adding;
  expect(await texts(there!, id)).toEqual(["first", "here"]);
  await there!.conversations.items.create(id, { items: [says("later")] });
  expect(await texts(here!, id)).toEqual(["first", "here", "later"]);
});

it("what two handlers of one process add together is all there", async () => {
  const store = openStore();
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));
  const slow = {
    ...store,
    async set(key: string, value: string): Promise<void> {
      await pause();
      await store.set(key, value);
    },
  };
  const clients = [1, 2].map(() => openaiOf(house.withOptions({ store: slow })));
  const { id } = await clients[0]!.conversations.create();
  const said = Array.from({ length: 8 }, (_, n) => `${n}`);
  await Promise.all(
    said.map((text, n) => clients[n % 2]!.conversations.items.create(id, { items: [says(text)] })),
  );
  expect((await texts(clients[0]!, id)).toSorted()).toEqual(said);
});
