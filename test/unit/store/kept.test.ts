import { describe, expect, it } from "vitest";
import { type Kept, type Kind, keptBy } from "../../../src/store/kept.ts";
import { createStore, type Store } from "../../../src/store/store.ts";

interface Who {
  id?: string;
  key?: string;
}

function by({ id, key }: Who, store: Store, kind: Kind = "response"): Promise<Kept<string>> {
  return keptBy({ caller: id === undefined ? {} : { id }, apiKey: key }, store, kind);
}

function watched(): { store: Store; keys: string[] } {
  const keys: string[] = [];
  const kept = new Map<string, string>();
  const store = createStore({
    storeTtl: 1_000,
    store: {
      get: async (key) => kept.get(key),
      set: async (key, value) => void (keys.push(key), kept.set(key, value)),
      delete: async (key) => kept.delete(key),
    },
  })!;
  return { store, keys };
}

describe("what a caller keeps", () => {
  const callers: [string, Who, Who][] = [
    ["two API keys", { key: "sk-one" }, { key: "sk-two" }],
    ["two callers of `authorize`", { id: "ada" }, { id: "bob" }],
    ["a caller and one who sends its id as a key", { id: "ada" }, { key: "ada" }],
    ["a caller and nobody", { id: "anyone" }, {}],
    ["a caller whose id looks like a key of the store", { id: "ada" }, { id: "ada:response:x" }],
  ];
  it.each(callers)(
    "is its own: %s never read, replace or delete what is the other's",
    async (_, one, other) => {
      const { store } = watched();
      const [mine, theirs] = await Promise.all([by(one, store), by(other, store)]);
      await mine.put("resp_1", "mine");
      expect(await theirs.get("resp_1")).toBeUndefined();
      for (const id of ["x:response:resp_1", ":resp_1", "../resp_1"])
        expect(await theirs.get(id)).toBeUndefined();
      await theirs.put("resp_1", "theirs");
      await theirs.remove("resp_1");
      expect(await mine.get("resp_1")).toBe("mine");
    },
  );

  it("is of one kind", async () => {
    const { store } = watched();
    await (await by({ key: "sk-one" }, store)).put("resp_1", "mine");
    expect(await (await by({ key: "sk-one" }, store, "conversation")).get("resp_1")).toBeUndefined();
  });

  it("tells the store no key, no name and no key longer than stores take", async () => {
    const { store, keys } = watched();
    await (await by({ key: "sk-secret" }, store)).put("resp_1", "1");
    await (await by({ id: "ada@example.com" }, store)).put("resp_1", "1");
    expect(keys.join()).not.toMatch(/secret|ada/);
    // Memcached takes 250 bytes.
    expect(Math.max(...keys.map((key) => key.length))).toBeLessThan(250 - 128);
  });

  it("is not asked for by what is none of our ids", async () => {
    const { store } = watched();
    const kept = await by({}, store);
    for (const id of ["", "a b", "x".repeat(5_000), "ünï", "line\nbreak"])
      expect(await kept.get(id)).toBeUndefined();
  });

  it("fails where it is not what was kept, instead of passing for nothing", async () => {
    const { store } = watched();
    const kept = await by({}, store);
    await kept.putJson("resp_1", "{ cut");
    await expect(kept.get("resp_1")).rejects.toThrow("not what was kept");
  });
});
