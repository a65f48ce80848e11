import { describe, expect, it } from "vitest";
import { inTurn } from "../../../src/store/in-turn.ts";
import type { Store } from "../../../src/store/store.ts";

const newStore = (): Store => ({
  engine: {},
  get: async () => undefined,
  set: async () => undefined,
  delete: async () => undefined,
  ready: async () => undefined,
});

/** Work that takes a moment, and what of it was going on at the same time. */
function work(): { run: (name: string) => () => Promise<string>; most: () => number; order: string[] } {
  let running = 0;
  let most = 0;
  const order: string[] = [];
  return {
    order,
    most: () => most,
    run: (name) => async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      order.push(name);
      return name;
    },
  };
}

describe("work in turn", () => {
  it("runs one after the other, in its order, for one key", async () => {
    const { run, most, order } = work();
    const store = newStore();
    expect(await Promise.all(["a", "b", "c"].map((name) => inTurn(store, "k", run(name))))).toEqual([
      "a",
      "b",
      "c",
    ]);
    expect([most(), order]).toEqual([1, ["a", "b", "c"]]);
  });

  it("does not wait for other keys, nor for other stores", async () => {
    const { run, most } = work();
    const store = newStore();
    await Promise.all([
      inTurn(store, "a", run("a")),
      inTurn(store, "b", run("b")),
      inTurn(newStore(), "a", run("c")),
    ]);
    expect(most()).toBe(3);
  });

  it("goes on behind work that fails, which fails for its own caller only", async () => {
    const { run } = work();
    const store = newStore();
    const failing = inTurn(store, "k", async () => {
      throw new Error("no");
    });
    const next = inTurn(store, "k", run("next"));
    await expect(failing).rejects.toThrow("no");
    expect(await next).toBe("next");
    expect(await inTurn(store, "k", run("later"))).toBe("later");
  });
});
