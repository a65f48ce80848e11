import { describe, expect, it, vi } from "vitest";
import { createMemoryStore } from "../../../src/store/memory-store.ts";

const KIB = "x".repeat(1024);

describe("the memory that stands in for a store", () => {
  it("gives back what was set, whatever its characters, until it is deleted", async () => {
    const store = createMemoryStore({ maxBytes: 10_000 });
    await store.set("key", 'naïve 🌍 "\u2028"');
    expect(await store.get("key")).toBe('naïve 🌍 "\u2028"');
    expect(await store.delete("key")).toBe(true);
    expect(await store.get("key")).toBeUndefined();
    expect(await store.delete("key")).toBe(false);
  });

  it("stays within its bounds by forgetting what was unused longest, not what is stood on", async () => {
    const store = createMemoryStore({ maxBytes: 6 * 1024 });
    for (const key of ["first", "second", "third", "fourth"]) await store.set(key, KIB);
    await store.get("first");
    await store.set("fifth", KIB);
    await store.set("sixth", KIB);
    const kept = await Promise.all(["first", "second", "sixth"].map((key) => store.get(key)));
    expect(kept).toEqual([KIB, undefined, KIB]);
  });

  it("forgets in that order however long it is in use, and after it stood empty", async () => {
    const room = 20;
    const store = createMemoryStore({ maxBytes: room * (1024 + 256 + 2 * "key 000".length) });
    let expected: string[] = [];
    for (let step = 0; step < 2_000; step += 1) {
      const key = `key ${String((step * 7919) % 61).padStart(3, "0")}`;
      const isKept = expected.includes(key);
      const others = expected.filter((each) => each !== key);
      if (step % 500 === 499) {
        for (const each of expected) await store.delete(each);
        expected = [];
      } else if (step % 3 === 0) {
        expect(await store.get(key)).toBe(isKept ? KIB : undefined);
        expected = isKept ? [...others, key] : others;
      } else if (step % 11 === 0) {
        expect(await store.delete(key)).toBe(isKept);
        expected = others;
      } else {
        await store.set(key, KIB);
        expected = [...others, key].slice(-room);
      }
    }
    for (const key of expected) expect(await store.get(key)).toBe(KIB);
  });

  it("counts what is replaced or deleted only once", async () => {
    const store = createMemoryStore({ maxBytes: 6 * 1024 });
    await store.set("stays", KIB);
    for (let round = 0; round < 50; round += 1) {
      await store.set("other", KIB);
      if (round % 3 === 0) await store.delete("other");
    }
    expect(await store.get("stays")).toBe(KIB);
  });

  it("refuses what is larger than all of it, and forgets nothing for that", async () => {
    const store = createMemoryStore({ maxBytes: 4 * 1024 });
    await store.set("stays", KIB);
    await expect(store.set("large", KIB.repeat(5))).rejects.toMatchObject({
      status: 413,
      code: "request_too_large",
    });
    expect(await store.get("stays")).toBe(KIB);
  });

  it("forgets what has had its time", async () => {
    vi.useFakeTimers();
    try {
      const store = createMemoryStore({ maxBytes: 10_000 });
      await store.set("short", "1", 1_000);
      await store.set("long", "2", 5_000);
      vi.advanceTimersByTime(2_000);
      expect([await store.get("short"), await store.get("long")]).toEqual([undefined, "2"]);
    } finally {
      vi.useRealTimers();
    }
  });
});
