import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { Keyv } from "keyv";
import { Keyv as Keyv6 } from "keyv6";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BedrockOpenAIOptions } from "../../../src/index.ts";
import { CLAUDE, type House, openHouse } from "../../support/bedrock.ts";
import { clientOf } from "../../support/client-of.ts";

type Store = NonNullable<BedrockOpenAIOptions["store"]>;

/** Of one's own: whatever has `get`, `set` and `delete`; this one encrypts what it keeps. */
function encrypted(): Store {
  const key = randomBytes(32);
  const kept = new Map<string, Buffer>();
  return {
    async get(name: string) {
      const bytes = kept.get(name);
      if (!bytes) return null;
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12)).setAuthTag(
        bytes.subarray(12, 28),
      );
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString();
    },
    async set(name: string, value: string) {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, iv);
      const sealed = Buffer.concat([cipher.update(value), cipher.final()]);
      kept.set(name, Buffer.concat([iv, cipher.getAuthTag(), sealed]));
    },
    delete: async (name: string) => kept.delete(name),
  };
}

const ENGINES: Readonly<Record<string, () => Store>> = {
  "a Map by Keyv": () => new Keyv({ store: new Map() }),
  "a Map by Keyv 6": () => new Keyv6({ store: new Map() }),
  "a Keyv with a namespace and a time of its own": () => new Keyv({ namespace: "app", ttl: 60_000 }),
  "an object of one's own": encrypted,
};

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

describe.each(Object.entries(ENGINES))("two handlers on %s", (_, make) => {
  it("continue, find, list and delete what the other made", async () => {
    const store = make();
    const [one, other] = [1, 2].map(() => clientOf(house.withOptions({ store }))) as [
      ReturnType<typeof clientOf>,
      ReturnType<typeof clientOf>,
    ];
    const first = await one.responses.create({ model: CLAUDE, input: "My name is Ada. 🌍" });
    const second = await other.responses.create({
      model: CLAUDE,
      input: "Who am I?",
      previous_response_id: first.id,
    });
    expect(house.bedrock.requests.at(-1)!.body).toMatchObject({
      messages: [
        { content: [{ text: "My name is Ada. 🌍" }] },
        { content: [{ text: first.output_text }] },
        { content: [{ text: "Who am I?" }] },
      ],
    });
    expect((await one.responses.retrieve(second.id)).output_text).toBe(second.output_text);
    expect((await one.responses.inputItems.list(second.id)).data).toHaveLength(1);
    await one.responses.delete(second.id);
    await expect(other.responses.retrieve(second.id)).rejects.toMatchObject({ status: 404 });
  });
});

describe("the memory that is there by default", () => {
  it("is each handler's own", async () => {
    const [one, other] = [1, 2].map(() => clientOf(house.withOptions({})));
    const { id } = await one!.responses.create({ model: CLAUDE, input: "Hello" });
    expect((await one!.responses.retrieve(id)).id).toBe(id);
    await expect(other!.responses.retrieve(id)).rejects.toMatchObject({ status: 404 });
  });

  it("forgets the oldest within its bounds, and then says that it is not there", async () => {
    const client = clientOf(house.withOptions({ store: { maxBytes: 20_000 } }));
    const ids: string[] = [];
    for (let round = 0; round < 20; round += 1)
      ids.push((await client.responses.create({ model: CLAUDE, input: "Hello" })).id);
    await expect(client.responses.retrieve(ids[0]!)).rejects.toMatchObject({ status: 404 });
    expect((await client.responses.retrieve(ids.at(-1)!)).status).toBe("completed");
  });

  it("refuses what it cannot hold, instead of saying that it is kept", async () => {
    const client = clientOf(house.withOptions({ store: { maxBytes: 20_000 } }));
    const large = { model: CLAUDE, input: "x".repeat(30_000) };
    await expect(client.responses.create(large)).rejects.toMatchObject({
      status: 413,
      code: "request_too_large",
      param: "store",
    });
    expect((await client.responses.create({ ...large, store: false })).status).toBe("completed");
  });
});
