import { describe, expect, it, vi } from "vitest";
import { mapped } from "../../src/mapped.ts";

/** Tells these values, fails where one is an error, and knows whether it was left. */
function source(...values: (number | Error)[]) {
  const left = vi.fn<() => void>();
  const iterator: AsyncIterator<number, undefined, undefined> = {
    async next() {
      const value = values.shift();
      if (value instanceof Error) throw value;
      return value === undefined ? { done: true, value } : { done: false, value };
    },
    async return() {
      left();
      return { done: true, value: undefined };
    },
  };
  return { iterator, left };
}

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const told: T[] = [];
  for await (const value of values) told.push(value);
  return told;
}

const lost = new Error("lost");

describe("what is made of another iterator's values", () => {
  it("is told in its order, without what says nothing, and then its last word", async () => {
    const end = vi.fn<() => void>();
    const { iterator, left } = source(1, 2, 3);
    const odd = mapped(iterator, { piece: (n) => (n === 2 ? undefined : `${n}`), last: () => "end", end });
    expect(await all(odd)).toEqual(["1", "3", "end"]);
    expect(end).toHaveBeenCalledOnce();
    expect(left).not.toHaveBeenCalled();
  });

  it("is over for the caller only when its last word was taken", async () => {
    const end = vi.fn<() => void>();
    const values = mapped(source().iterator, { piece: String, last: () => "end", end });
    await values.next();
    expect(end).not.toHaveBeenCalled();
    expect(await values.next()).toEqual({ done: true, value: undefined });
    expect(end).toHaveBeenCalledOnce();
  });

  it("tells a failure of the other one as its own last word", async () => {
    const { iterator, left } = source(1, lost);
    expect(await all(mapped(iterator, { piece: String, failed: () => "failed" }))).toEqual(["1", "failed"]);
    // It has left by itself.
    expect(left).not.toHaveBeenCalled();
  });

  it.each([
    ["in a step", { piece: () => fail() }],
    ["before more is asked for", { piece: String, before: fail }],
  ])("leaves the other one where it fails %s itself, and never goes on after it", async (_, steps) => {
    const end = vi.fn<() => void>();
    const { iterator, left } = source(1, 2);
    const values = mapped(iterator, { ...steps, end });
    await expect(values.next()).rejects.toBe(lost);
    expect(await values.next()).toEqual({ done: true, value: undefined });
    expect(left).toHaveBeenCalledOnce();
    expect(end).toHaveBeenCalledOnce();
  });

  it("fails with its last word as with any other", async () => {
    const end = vi.fn<() => void>();
    const values = mapped(source(1).iterator, { piece: String, last: fail, end });
    await expect(all(values)).rejects.toBe(lost);
    expect(end).toHaveBeenCalledOnce();
  });

  it("leaves the other one when it is left, once", async () => {
    const end = vi.fn<() => void>();
    const { iterator, left } = source(1, 2, 3);
    const values = mapped(iterator, { piece: String, end });
    for await (const _ of values) break;
    await values.return?.();
    expect(left).toHaveBeenCalledOnce();
    expect(end).toHaveBeenCalledOnce();
  });

  it("says nothing more to whoever waits when it is left", async () => {
    let arrive: ((result: IteratorResult<number, undefined>) => void) | undefined;
    const left = vi.fn<() => void>();
    const values = mapped<number, string>(
      {
        next: () => new Promise((resolve) => (arrive = resolve)),
        async return() {
          left();
          return { done: true, value: undefined };
        },
      },
      { piece: String, last: () => "end" },
    );
    const waiting = values.next();
    await values.return?.();
    arrive?.({ done: false, value: 1 });
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(left).toHaveBeenCalledOnce();
  });

  it("answers whoever waits also when somebody asks after it was left", async () => {
    let arrive: ((result: IteratorResult<number, undefined>) => void) | undefined;
    const values = mapped<number, string>(
      { next: () => new Promise((resolve) => (arrive = resolve)) },
      { piece: String },
    );
    const waiting = values.next();
    await values.return?.();
    expect(await values.next()).toEqual({ done: true, value: undefined });
    arrive?.({ done: false, value: 1 });
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it.each([
    ["the other one fails", source(new Error("other")).iterator, { piece: String }],
    [
      "a step fails",
      source(1).iterator,
      {
        piece() {
          throw new Error("a step");
        },
      },
    ],
    ["all is said", source().iterator, { piece: String }],
  ])("tells the asker of an end that fails, and nobody else, where %s", async (_, iterator, steps) => {
    await expect(mapped(iterator, { ...steps, end: fail }).next()).rejects.toBe(lost);
  });

  it("goes through a stack of them at once, and what one does not pass on is asked for again", async () => {
    const ends: string[] = [];
    const step = (name: string, piece: (n: number) => number | undefined) => ({
      piece,
      end: () => void ends.push(name),
    });
    const low = mapped(
      source(1, 2, 3, 4).iterator,
      step("low", (n) => (n % 2 ? n : undefined)),
    );
    const high = mapped(
      mapped(
        low,
        step("middle", (n) => n * 10),
      ),
      step("high", (n) => n + 1),
    );
    expect(await all(high)).toEqual([11, 31]);
    expect(ends).toEqual(["low", "middle", "high"]);
  });

  it("is left as a whole stack, once, while the lowest is waited for", async () => {
    const left = vi.fn<() => void>();
    const end = vi.fn<() => void>();
    let arrive: ((result: IteratorResult<number, undefined>) => void) | undefined;
    const low = mapped<number, number>(
      {
        next: () => new Promise((resolve) => (arrive = resolve)),
        async return() {
          left();
          return { done: true, value: undefined };
        },
      },
      { piece: (n) => n, end },
    );
    const high = mapped(low, { piece: String, last: () => "end", end });
    const waiting = high.next();
    await high.return?.();
    arrive?.({ done: false, value: 1 });
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(left).toHaveBeenCalledOnce();
    expect(end).toHaveBeenCalledTimes(2);
  });

  it("fails as a whole stack where the lowest fails, each step once", async () => {
    const end = vi.fn<() => void>();
    const low = mapped(source(1, lost).iterator, { piece: (n) => n, end });
    const high = mapped(mapped(low, { piece: (n) => n, end }), {
      piece: String,
      failed: () => "failed",
      end,
    });
    expect(await all(high)).toEqual(["1", "failed"]);
    expect(end).toHaveBeenCalledTimes(3);
  });
});

function fail(): never {
  throw lost;
}
