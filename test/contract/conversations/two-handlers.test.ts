import type OpenAI from "openai";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openStore } from "../../support/background.ts";
import { type House, openHouse } from "../../support/bedrock.ts";
import { all, openaiOf } from "../../support/openai-of.ts";

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
