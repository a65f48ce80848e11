import { stat } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Watch, watched } from "../../../../src/bedrock/courier/watch.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const HOUR = 3_600_000;
const nobody = (): AbortSignal => new AbortController().signal;

function standStill(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

async function* silentFor(ms: number): AsyncGenerator<Uint8Array> {
  yield Uint8Array.of(1);
  await new Promise((resolve) => setTimeout(resolve, ms));
  yield Uint8Array.of(2);
}

describe("a bound on waiting for AWS", () => {
  it.each([
    ["an hour", HOUR],
    ["a month, which is longer than a timer holds", 31 * 24 * HOUR],
  ])("may be %s", async (_, ms) => {
    const watch = new Watch(nobody());
    watch.expect(ms);
    await vi.advanceTimersByTimeAsync(Math.min(ms, 24 * 24 * HOUR) - 1);
    expect(watch.signal.aborted).toBe(false);
    watch.end();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is over when it is over, and says how long it was", async () => {
    const watch = new Watch(nobody());
    watch.expect(HOUR);
    await vi.advanceTimersByTimeAsync(HOUR + 1);
    expect(watch.signal.reason).toMatchObject({
      name: "TimeoutError",
      message: "Nothing moved for 3600000 ms.",
    });
  });

  it("is over as long after the last move as was said, not after the first", async () => {
    const watch = new Watch(nobody());
    watch.expect(HOUR);
    await vi.advanceTimersByTimeAsync(HOUR / 3);
    watch.expect(HOUR);
    await vi.advanceTimersByTimeAsync(HOUR - 2);
    expect(watch.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(4);
    expect(watch.signal.reason).toMatchObject({ message: "Nothing moved for 3600000 ms." });
  });

  it("begins anew with every piece: what moves may take as long as it likes", async () => {
    const watch = new Watch(nobody());
    async function* slow(): AsyncGenerator<Uint8Array> {
      for (let piece = 0; piece < 20; piece += 1) yield* silentFor(HOUR - 1);
    }
    let pieces = 0;
    const reading = (async () => {
      for await (const _ of watched(slow(), watch, HOUR)) pieces += 1;
    })();
    await vi.advanceTimersByTimeAsync(21 * HOUR);
    await reading;
    expect(pieces).toBe(40);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is over without a warning of Node's where this process stood still for longer than that", async () => {
    vi.useRealTimers();
    const warned = vi.fn<(warning: Error) => void>();
    process.on("warning", warned);
    const watch = new Watch(nobody());
    watch.expect(20);
    watch.expect(20);
    standStill(60);
    await expect.poll(() => watch.signal.aborted).toBe(true);
    process.off("warning", warned);
    expect(warned).not.toHaveBeenCalled();
  });

  it("is not over where it was this process that stood still, and AWS had spoken", async () => {
    vi.useRealTimers();
    const watch = new Watch(nobody());
    watch.expect(20);
    const heard = new Promise<void>((resolve) =>
      stat(".", () => {
        watch.expect(HOUR);
        resolve();
      }),
    );
    standStill(60);
    await heard;
    await turn();
    expect(watch.signal.aborted).toBe(false);
    watch.end();
  });

  it("and the caller's signal are forgotten when the body is left", async () => {
    const caller = new AbortController();
    const remove = vi.spyOn(caller.signal, "removeEventListener");
    const watch = new Watch(caller.signal);
    for await (const _ of watched(silentFor(HOUR), watch, HOUR)) break;
    expect(remove).toHaveBeenCalledOnce();
  });
});
