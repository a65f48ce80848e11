import { describe, expect, it } from "vitest";
import { together, togetherStreamed } from "../../../src/flow/together.ts";

const caller = new AbortController().signal;
const tick = (ms = 1): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Counts how many run side by side. */
function watched() {
  const seen = { running: 0, most: 0, started: 0, left: 0 };
  return {
    seen,
    enter() {
      seen.started += 1;
      seen.running += 1;
      seen.most = Math.max(seen.most, seen.running);
    },
    leave: () => void (seen.running -= 1),
  };
}

async function* words(
  index: number,
  watch: ReturnType<typeof watched>,
): AsyncGenerator<string, void, undefined> {
  try {
    for (const word of ["a", "b"]) {
      await tick();
      yield `${word}${index}`;
    }
  } finally {
    watch.leave();
  }
}

describe("calls together", () => {
  it("run all at once unless they are bounded, and answer in their own order", async () => {
    for (const [atOnce, most] of [[undefined, 5] as const, [2, 2] as const]) {
      const watch = watched();
      const call = async (_: AbortSignal, index: number): Promise<number> => {
        watch.enter();
        await tick(5 - index);
        watch.leave();
        return index;
      };
      expect(await together(5, caller, call, atOnce)).toEqual([0, 1, 2, 3, 4]);
      expect(watch.seen.most).toBe(most);
    }
  });

  it("start no further call once one has failed or the caller has left", async () => {
    const started: number[] = [];
    const failing = async (_: AbortSignal, index: number): Promise<void> => {
      started.push(index);
      await tick();
      if (index === 1) throw new Error("no");
    };
    await expect(together(50, caller, failing, 2)).rejects.toThrow("no");
    await tick(20);
    expect(started.length).toBeLessThan(6);
    const left = together(3, AbortSignal.abort(), failing, 2);
    await expect(left).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("streams together", () => {
  it("open the next one when one has ended, and say whose each value is", async () => {
    const watch = watched();
    const open = async (_: AbortSignal, index: number) => (watch.enter(), words(index, watch));
    const arrived: string[][] = [[], [], [], [], []];
    for await (const [index, word] of await togetherStreamed(5, caller, open, 2)) arrived[index]!.push(word);
    expect(arrived).toEqual([0, 1, 2, 3, 4].map((index) => [`a${index}`, `b${index}`]));
    expect(watch.seen).toMatchObject({ most: 2, started: 5, running: 0 });
  });

  it("fail before a word where one of the first cannot be opened", async () => {
    const open = async (_: AbortSignal, index: number) => {
      if (index === 1) throw new Error("refused");
      return words(index, watched());
    };
    await expect(togetherStreamed(5, caller, open, 2)).rejects.toThrow("refused");
  });

  it("fail where they are read when a later one cannot be opened", async () => {
    const watch = watched();
    const open = async (_: AbortSignal, index: number) => {
      if (index === 3) throw new Error("refused");
      return (watch.enter(), words(index, watch));
    };
    const arrivals = await togetherStreamed(5, caller, open, 2);
    await expect(
      (async () => {
        for await (const _ of arrivals);
      })(),
    ).rejects.toThrow("refused");
  });

  it("are all left when their reader leaves, and no further one is opened", async () => {
    const watch = watched();
    const open = async (_: AbortSignal, index: number) => (watch.enter(), words(index, watch));
    for await (const _ of await togetherStreamed(9, caller, open, 2)) break;
    await tick(20);
    expect(watch.seen).toMatchObject({ started: 2, running: 0 });
  });
});
