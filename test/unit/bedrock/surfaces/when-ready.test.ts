import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createWhenReady } from "../../../../src/bedrock/surfaces/when-ready.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const starting = Object.assign(new Error("starting"), { name: "ModelNotReadyException" });

/** A model that starts while it is called `times` times, and the moments at which it was. */
function model(times: number): { call: () => Promise<string>; calls: number[] } {
  const calls: number[] = [];
  const begun = Date.now();
  return {
    calls,
    call() {
      calls.push(Date.now() - begun);
      return calls.length > times ? Promise.resolve("ready") : Promise.reject(starting);
    },
  };
}

const never = new AbortController().signal;
const settled = <T>(work: Promise<T>): Promise<PromiseSettledResult<T>> =>
  Promise.allSettled([work]).then(([result]) => result);

describe("a model that is starting", () => {
  it("is called again after longer and longer waits, none above fifteen seconds", async () => {
    const { call, calls } = model(7);
    const answer = createWhenReady(300_000)(call, never);
    await vi.runAllTimersAsync();
    expect(await answer).toBe("ready");
    expect(calls).toEqual([0, 1_000, 3_000, 7_000, 15_000, 30_000, 45_000, 60_000]);
  });

  it.each([
    [0, 1],
    [999, 1],
    [1_000, 2],
    [2_999, 2],
    [3_000, 3],
  ])("is not waited for longer than %d ms in all", async (patience, times) => {
    const { call, calls } = model(Infinity);
    const answer = settled(createWhenReady(patience)(call, never));
    await vi.runAllTimersAsync();
    expect(await answer).toEqual({ status: "rejected", reason: starting });
    expect(calls).toHaveLength(times);
  });

  it("is not waited for by who has left, before or while", async () => {
    for (const early of [true, false]) {
      const { call, calls } = model(Infinity);
      const controller = new AbortController();
      const left = new Error("left");
      if (early) controller.abort(left);
      const answer = settled(createWhenReady(300_000)(call, controller.signal));
      await vi.advanceTimersByTimeAsync(500);
      if (!early) controller.abort(left);
      expect(await answer).toEqual({ status: "rejected", reason: left });
      expect(calls).toHaveLength(1);
    }
  });
});

it("a model that answers is called once, and another failure is no reason to wait", async () => {
  const { call, calls } = model(0);
  expect(await createWhenReady(300_000)(call, never)).toBe("ready");
  expect(calls).toHaveLength(1);
  const failure = Object.assign(new Error("no"), { name: "ThrottlingException" });
  const failing = vi.fn<() => Promise<string>>(() => Promise.reject(failure));
  await expect(createWhenReady(300_000)(failing, never)).rejects.toBe(failure);
  expect(failing).toHaveBeenCalledTimes(1);
});
