import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { toEventStream } from "../../../src/http/sse.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const decoder = new TextDecoder();
const text = (chunk: { value?: Uint8Array | undefined }): string => decoder.decode(chunk.value);

async function* silentThen(frame: string, ms: number): AsyncGenerator<string, void, undefined> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  yield frame;
}

describe("an event stream", () => {
  it("sends its headers on their way at once, and a comment every 15 seconds of silence", async () => {
    const reader = toEventStream(silentThen("data: 1\n\n", 40_000), () => undefined).getReader();
    const first = reader.read();
    await vi.advanceTimersByTimeAsync(50);
    expect(text(await first)).toBe(": keep-alive\n\n");
    const second = reader.read();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(text(await second)).toBe(": keep-alive\n\n");
    const third = reader.read();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(text(await third)).toBe(": keep-alive\n\n");
    const fourth = reader.read();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(text(await fourth)).toBe("data: 1\n\n");
    expect((await reader.read()).done).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("counts the silence from the last piece, not from the clock's own ticks", async () => {
    async function* twoThenSilence(): AsyncGenerator<string, void, undefined> {
      yield "data: 1\n\n";
      yield* silentThen("data: 2\n\n", 14_000);
      yield* silentThen("data: 3\n\n", 60_000);
    }
    const reader = toEventStream(twoThenSilence(), () => undefined).getReader();
    expect(text(await reader.read())).toBe("data: 1\n\n");
    const second = reader.read();
    await vi.advanceTimersByTimeAsync(14_000);
    expect(text(await second)).toBe("data: 2\n\n");
    const ping = reader.read();
    await vi.advanceTimersByTimeAsync(16_000);
    expect(text(await ping)).toBe(": keep-alive\n\n");
    await reader.cancel();
  });

  it("does not pile up pings for a reader that does not read", async () => {
    const stream = toEventStream(silentThen("data: 1\n\n", 600_000), () => undefined);
    await vi.advanceTimersByTimeAsync(300_000);
    const reader = stream.getReader();
    expect(text(await reader.read())).toBe(": keep-alive\n\n");
    const next = reader.read();
    await vi.advanceTimersByTimeAsync(300_000);
    expect(text(await next)).toBe(": keep-alive\n\n");
    void reader.cancel();
  });

  it("asks for the next frame only when there is room for it", async () => {
    let pulled = 0;
    async function* endless(): AsyncGenerator<string, void, undefined> {
      for (;;) {
        pulled += 1;
        yield "data: x\n\n";
      }
    }
    const stream = toEventStream(endless(), () => undefined);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(pulled).toBeLessThanOrEqual(2);
    await stream.cancel();
  });

  it("tells when the reader leaves, and stops its clock", async () => {
    const left: unknown[] = [];
    const stream = toEventStream(silentThen("never", 1e9), (reason) => void left.push(reason));
    await stream.cancel("gone");
    expect(left).toEqual(["gone"]);
  });

  it("that nobody has read for 15 minutes is left, so that no model is paid and no place held for it", async () => {
    const left: unknown[] = [];
    let isOver = false;
    async function* frames(): AsyncGenerator<string, void, undefined> {
      try {
        for (;;) yield "data: x\n\n";
      } finally {
        isOver = true;
      }
    }
    const stream = toEventStream(frames(), (reason) => void left.push(reason));
    await vi.advanceTimersByTimeAsync(14 * 60_000);
    expect([left, isOver]).toEqual([[], false]);
    await vi.advanceTimersByTimeAsync(2 * 60_000);
    expect([left, isOver]).toEqual([[expect.any(Error)], true]);
    // Not as an abort, which to clients would look like an end.
    await expect(stream.getReader().read()).rejects.toMatchObject({ name: "Error" });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("of a model that thinks for an hour is not taken for one that nobody reads", async () => {
    const left: unknown[] = [];
    const reader = toEventStream(
      silentThen("data: 1\n\n", 3_600_000),
      (reason) => void left.push(reason),
    ).getReader();
    const read = (async () => {
      let all = "";
      for (let next = await reader.read(); !next.done; next = await reader.read()) all += text(next);
      return all;
    })();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(await read).toContain("data: 1");
    expect(left).toEqual([]);
  });

  it("passes an error on instead of ending as if all were well", async () => {
    async function* failing(): AsyncGenerator<string, void, undefined> {
      yield "data: 1\n\n";
      throw new Error("boom");
    }
    const reader = toEventStream(failing(), () => undefined).getReader();
    await reader.read();
    await expect(reader.read()).rejects.toThrow("boom");
    expect(vi.getTimerCount()).toBe(0);
  });
});
