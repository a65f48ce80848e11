import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { askedKeys } from "../../../src/gate/asked-keys.ts";

const MINUTE = 60_000;

beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => vi.useRealTimers());

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Time stands still until so many timers wait: digests are made beside the event loop, in whatever time that takes. */
async function timers(count: number): Promise<void> {
  while (vi.getTimerCount() !== count) await turn();
}

/** A store whose answers can be changed, and what was logged of it. */
function store(...first: string[]) {
  const logged: unknown[] = [];
  const state = { keys: first as readonly string[] | Error | "silence", asked: 0 };
  const isKnown = askedKeys(
    async () => {
      state.asked += 1;
      if (state.keys === "silence") return new Promise<never>(() => undefined);
      if (state.keys instanceof Error) throw state.keys;
      return state.keys as readonly string[];
    },
    { warn: (message, details) => void logged.push(message, details) },
  );
  return { state, isKnown, logged };
}

describe("keys that are asked for", () => {
  it("are asked for once, by however many callers at the same time", async () => {
    const { state, isKnown } = store("sk-a");
    expect(await Promise.all([isKnown("sk-a"), isKnown("sk-a"), isKnown("sk-a")])).toEqual([
      true,
      true,
      true,
    ]);
    expect(await isKnown("sk-a")).toBe(true);
    expect(state.asked).toBe(1);
  });

  it("count for five minutes: one that was taken back no longer", async () => {
    const { state, isKnown } = store("sk-old", "sk-other");
    expect(await isKnown("sk-old")).toBe(true);
    state.keys = ["sk-other"];
    vi.advanceTimersByTime(5 * MINUTE - 1);
    expect(await isKnown("sk-old")).toBe(true);
    vi.advanceTimersByTime(1);
    expect(await isKnown("sk-old")).toBe(false);
  });

  it("are asked for at once when one is new, so that a rotation turns nobody away", async () => {
    const { state, isKnown } = store("sk-old");
    await isKnown("sk-old");
    vi.advanceTimersByTime(10_000);
    state.keys = ["sk-old", "sk-new"];
    expect(await isKnown("sk-new")).toBe(true);
    expect(state.asked).toBe(2);
  });

  it("are not asked for by everyone who sends a wrong one", async () => {
    const { state, isKnown } = store("sk-a");
    for (let round = 0; round < 50; round += 1) {
      expect(await isKnown(`sk-wrong-${round}`)).toBe(false);
      vi.advanceTimersByTime(100);
    }
    // Once at first, and once when five seconds had gone.
    expect(state.asked).toBe(1);
    vi.advanceTimersByTime(5_000);
    await isKnown("sk-wrong");
    expect(state.asked).toBe(2);
  });

  it("of before still count while the store fails, and the operator is told", async () => {
    const { state, isKnown, logged } = store("sk-a");
    await isKnown("sk-a");
    state.keys = new Error("the store is down");
    vi.advanceTimersByTime(60 * MINUTE);
    expect([await isKnown("sk-a"), await isKnown("sk-b")]).toEqual([true, false]);
    expect(logged).toEqual([expect.stringContaining("still count"), { cause: state.keys }]);
  });

  it("of before still count while the store says nothing, and nobody waits long", async () => {
    const { state, isKnown } = store("sk-a");
    await isKnown("sk-a");
    state.keys = "silence";
    vi.advanceTimersByTime(10 * MINUTE);
    let settled = 0;
    const asked = [isKnown("sk-a"), isKnown("sk-a")].map((known) => known.finally(() => (settled += 1)));
    // Each waits a second beside the store's ten.
    await timers(3);
    vi.advanceTimersByTime(999);
    await turn();
    expect(settled).toBe(0);
    vi.advanceTimersByTime(1);
    expect(await Promise.all(asked)).toEqual([true, true]);
    expect(state.asked).toBe(2);
    state.keys = ["sk-b"];
    vi.advanceTimersByTime(20_000);
    // The unanswered question is over, and the next one is answered while time stands still.
    await turn();
    expect([await isKnown("sk-a"), await isKnown("sk-b")]).toEqual([false, true]);
  });

  it("that cannot be had at all are a 503 that says nothing, and the store is left in peace", async () => {
    const { state, isKnown } = store();
    state.keys = new Error("arn:aws:secretsmanager:us-east-1:123456789012:secret:keys");
    for (let round = 0; round < 3; round += 1)
      await expect(isKnown("sk-a")).rejects.toMatchObject({
        status: 503,
        message: expect.not.stringContaining("arn:"),
        cause: state.keys,
      });
    expect(state.asked).toBe(1);
    state.keys = ["sk-a"];
    vi.advanceTimersByTime(5_000);
    expect(await isKnown("sk-a")).toBe(true);
  });

  it("that never come are a 503 after ten seconds", async () => {
    const { state, isKnown } = store();
    state.keys = "silence";
    const refused = isKnown("sk-a").catch((thrown: unknown) => thrown);
    await timers(1);
    vi.advanceTimersByTime(10_000);
    expect(await refused).toMatchObject({ status: 503 });
  });

  it.each([
    [[]],
    [[""]],
    [["sk-a", "two words"]],
    ["sk-a"],
    [undefined],
    [null],
    [{ keys: ["sk-a"] }],
    [[1]],
  ])("do not open the door by being %j", async (keys) => {
    const isKnown = askedKeys((() => keys) as never, { warn: () => undefined });
    await expect(isKnown("sk-a")).rejects.toMatchObject({ status: 503 });
    await expect(isKnown("")).rejects.toMatchObject({ status: 503 });
  });

  it("are in no log, not even where a parser quotes them", async () => {
    const isKnown = askedKeys(() => JSON.parse("sk-very-secret") as string[], { warn: () => undefined });
    const error = await isKnown("sk-a").catch((thrown: unknown) => thrown as Error);
    const { cause } = error as Error & { cause: Error };
    expect(`${String(error)} ${cause.message} ${cause.stack}`).not.toContain("sk-very");
  });
});
