import { EventEmitter } from "node:events";
import { Keyv } from "keyv";
import { Keyv as Keyv6 } from "keyv6";
import { describe, expect, it } from "vitest";
import { createAsk } from "../../../src/store/bounded.ts";
import type { KeyValueStore } from "../../../src/store/key-value-store.ts";
import { createStore } from "../../../src/store/store.ts";

const storeTtl = 60_000;
const UNAVAILABLE = { status: 503, type: "server_error", code: "service_unavailable" };

const broken = {
  get: () => Promise.reject(new Error("connection refused")),
  set: () => Promise.reject(new Error("connection refused")),
  delete: () => Promise.reject(new Error("connection refused")),
};

const working = (kept = new Map<string, string>()): KeyValueStore => ({
  get: async (key) => kept.get(key),
  set: async (key, value) => void kept.set(key, value),
  delete: async (key) => kept.delete(key),
});

async function everyFailure(store: KeyValueStore): Promise<unknown[]> {
  const asked = createStore({ store, storeTtl })!;
  const results = await Promise.allSettled([asked.get("a"), asked.set("a", "1"), asked.delete("a")]);
  return results.map((result) => (result.status === "rejected" ? result.reason : "went well"));
}

describe("a store that cannot be asked", () => {
  const down: [string, () => KeyValueStore][] = [
    ["rejects", () => broken],
    [
      "throws at once",
      () => ({
        get: () => {
          throw new Error("no connection");
        },
        set: () => {
          throw new Error("no connection");
        },
        delete: () => {
          throw new Error("no connection");
        },
      }),
    ],
    [
      "is a Keyv, which keeps failures to itself",
      () => new Keyv({ store: { ...broken, clear: async () => {} } }),
    ],
    ["is a Keyv over an adapter that keeps them to itself too", () => new Keyv(new Quiet())],
    ["is a Keyv 6, which only emits them", () => new Keyv6({ store: { ...broken, clear: async () => {} } })],
    ["is a Keyv 6 over an adapter that keeps them to itself", () => new Keyv6({ store: new Quiet() })],
    ["is such an adapter itself", () => new Quiet()],
  ];
  it.each(down)(
    "is a 503 of every method where it %s, never 'nothing there' or 'it is kept'",
    async (_, make) => {
      expect(await everyFailure(make())).toEqual([1, 2, 3].map(() => expect.objectContaining(UNAVAILABLE)));
    },
  );

  it("is a 503 where it says that it did not take something", async () => {
    const store = createStore({ store: { ...working(), set: async () => false }, storeTtl })!;
    await expect(store.set("a", "1")).rejects.toMatchObject(UNAVAILABLE);
  });

  it("is a 503 where it gives something else back: half a value is no value", async () => {
    const store = createStore({ store: { ...working(), get: async () => ({ parsed: true }) }, storeTtl })!;
    await expect(store.get("a")).rejects.toMatchObject(UNAVAILABLE);
  });

  it("is tried again a moment later, since its connection may only be coming up; while it is away, it is not", async () => {
    let calls = 0;
    let fails = 2;
    const get = async (): Promise<string> => {
      calls += 1;
      if (fails-- > 0) throw new Error("The client is offline");
      return "there";
    };
    const store = createStore({ store: { ...working(), get }, storeTtl })!;
    expect([await store.get("a"), calls]).toEqual(["there", 3]);
    fails = 10;
    await expect(store.get("a")).rejects.toMatchObject(UNAVAILABLE);
    calls = 0;
    await expect(store.get("a")).rejects.toMatchObject(UNAVAILABLE);
    expect(calls).toBe(1);
  });

  it("does not end the process where it is an EventEmitter that nobody listens to", async () => {
    const store = Object.assign(new EventEmitter(), working());
    for (let handlers = 0; handlers < 20; handlers += 1) createStore({ store, storeTtl });
    expect(store.listenerCount("error")).toBe(1);
    expect(() => store.emit("error", new Error("connection lost"))).not.toThrow();
  });

  it("keeps what went wrong for the operator and tells the caller nothing of it", async () => {
    const [error] = await everyFailure(broken);
    expect(error).toMatchObject({ cause: expect.objectContaining({ message: "connection refused" }) });
    expect(JSON.stringify((error as { toBody(): object }).toBody())).not.toContain("refused");
  });
});

/** As @keyv/redis is without `throwOnErrors`. */
class Quiet {
  throwOnErrors = false;
  async get(): Promise<undefined> {
    this.#fail();
  }
  async set(): Promise<void> {
    this.#fail();
  }
  async delete(): Promise<boolean> {
    this.#fail();
    return false;
  }
  async clear(): Promise<void> {}
  #fail(): void {
    if (this.throwOnErrors) throw new Error("connection lost");
  }
}

describe("the wait for a store", () => {
  const never = (): Promise<string> => new Promise(() => {});
  const soon = async (): Promise<string> => "answer";

  it("has an end", async () => {
    await expect(createAsk(20)(never)).rejects.toThrow("did not answer");
  });

  it("is not repeated by everyone while nothing is answered: one tries, the others are told at once", async () => {
    const ask = createAsk(20);
    await ask(never).catch(() => undefined);
    let isAsked = false;
    const trying = ask(never);
    const other = ask(async () => {
      isAsked = true;
    });
    await expect(other).rejects.toThrow("does not answer");
    expect(isAsked).toBe(false);
    await trying.catch(() => undefined);
  });

  it("is over as soon as the store answers again, be it late", async () => {
    const ask = createAsk(20);
    const answers: ((answer: string) => void)[] = [];
    await ask(() => new Promise<string>((resolve) => answers.push(resolve))).catch(() => undefined);
    answers[0]!("late");
    await soon();
    expect(await Promise.all([ask(soon), ask(soon), ask(soon)])).toEqual(["answer", "answer", "answer"]);
  });

  it("is one value's own affair where others are answered meanwhile", async () => {
    const ask = createAsk(30);
    const slow = ask(never);
    await ask(soon);
    await slow.catch(() => undefined);
    const trying = ask(never).catch(() => undefined);
    expect(await ask(soon)).toBe("answer");
    await trying;
  });
});

describe("whether something could be kept", () => {
  it("is asked only of a store that failed last, and is then found out", async () => {
    let gets = 0;
    let isDown = false;
    const answer = async (): Promise<void> => {
      if (isDown) throw new Error("connection refused");
    };
    const get = async (): Promise<undefined> => (gets++, await answer(), undefined);
    const store = createStore({ store: { ...working(), get, set: answer }, storeTtl })!;
    await store.ready();
    expect(gets).toBe(0);

    isDown = true;
    await store.set("a", "1").catch(() => undefined);
    await expect(store.ready()).rejects.toMatchObject(UNAVAILABLE);

    isDown = false;
    await store.ready();
    await store.ready();
    expect(gets).toBe(2);
  });
});

describe("engines without Redis", () => {
  it.each<[string, () => KeyValueStore]>([
    ["a Map by Keyv", () => new Keyv({ store: new Map() })],
    ["a Map by Keyv 6", () => new Keyv6({ store: new Map() })],
    ["an object with get, set and delete", () => working()],
  ])("%s keeps, gives back and deletes", async (_, make) => {
    const store = createStore({ store: make(), storeTtl })!;
    await store.set("a", '{"n":1}');
    expect(await store.get("a")).toBe('{"n":1}');
    await store.delete("a");
    expect(await store.get("a")).toBeUndefined();
  });

  it("are told how long to keep it, in milliseconds", async () => {
    const ttls: unknown[] = [];
    const set = async (_key: string, _value: string, ttl?: number): Promise<void> => void ttls.push(ttl);
    const store = createStore({ store: { ...working(), set }, storeTtl })!;
    await store.set("a", "1");
    await store.set("b", "1", 5_000);
    expect(ttls).toEqual([60_000, 5_000]);
  });
});
