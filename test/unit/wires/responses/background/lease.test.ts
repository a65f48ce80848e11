import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Kept } from "../../../../../src/store/kept.ts";
import {
  BEAT_MS,
  dropLease,
  isLeased,
  type Lease,
  LEASE_MS,
  takeLease,
} from "../../../../../src/wires/responses/background/lease.ts";
import { watch } from "../../../../../src/wires/responses/background/watch.ts";
import type { Wish } from "../../../../../src/wires/responses/background/wish.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A store that never forgets by itself. */
function leases(): Kept<Lease> & { ttl: number | undefined } {
  const kept = new Map<string, Lease>();
  const shelf = {
    ttl: undefined as number | undefined,
    get: async (id: string) => kept.get(id),
    put: async (id: string, value: Lease, ttl?: number) => {
      shelf.ttl = ttl;
      kept.set(id, value);
    },
    putJson: async () => undefined,
    remove: async (id: string) => void kept.delete(id),
  };
  return shelf;
}

describe("a lease", () => {
  it("holds for several beats, so that one that comes late is no death", () => {
    expect(LEASE_MS).toBeGreaterThan(3 * BEAT_MS);
  });

  it("is gone when it is dropped, and after its time where the store forgets", async () => {
    const shelf = leases();
    await takeLease(shelf, "resp_1");
    expect([await isLeased(shelf, "resp_1"), shelf.ttl]).toEqual([true, LEASE_MS]);
    await dropLease(shelf, "resp_1");
    expect(await isLeased(shelf, "resp_1")).toBe(false);
  });

  it("runs out in a store that never forgets, not at once: clocks differ", async () => {
    const shelf = leases();
    await takeLease(shelf, "resp_1");
    vi.setSystemTime(Date.now() + LEASE_MS + 1_000);
    expect(await isLeased(shelf, "resp_1")).toBe(true);
    vi.setSystemTime(Date.now() + 60_000);
    expect(await isLeased(shelf, "resp_1")).toBe(false);
  });
});

describe("who makes a response", () => {
  it("says all the time that it is at work, also where the store was away for a moment, and stops with it", async () => {
    let beats = 0;
    let isAway = true;
    const beat = async (): Promise<void> => {
      if (isAway) throw new Error("away");
      beats += 1;
    };
    const watching = watch({ beat, lookForWish: async () => undefined }, () => undefined);
    await vi.advanceTimersByTimeAsync(2 * BEAT_MS);
    expect(beats).toBe(0);
    isAway = false;
    await vi.advanceTimersByTimeAsync(4 * BEAT_MS);
    expect(beats).toBeGreaterThanOrEqual(4);
    await watching.stop();
    const before = beats;
    await vi.advanceTimersByTimeAsync(4 * BEAT_MS);
    expect(beats).toBe(before);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("hears within a second what is wanted of it", async () => {
    const wanted: { wish?: Wish } = {};
    const heard: Wish[] = [];
    const watching = watch(
      { beat: async () => undefined, lookForWish: async () => wanted.wish },
      (wish) => void heard.push(wish),
    );
    await vi.advanceTimersByTimeAsync(3_000);
    expect(heard).toEqual([]);
    wanted.wish = "cancel";
    await vi.advanceTimersByTimeAsync(1_000);
    expect(heard[0]).toBe("cancel");
    await watching.stop();
  });
});
