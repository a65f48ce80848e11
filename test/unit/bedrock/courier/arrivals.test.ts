import { PassThrough, Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { readsOf } from "../../../../src/bedrock/courier/arrivals.ts";

const bytes = (...values: number[]): Uint8Array => Buffer.from(values);

describe("the pieces of a body", () => {
  it("that arrive in one turn are one piece", async () => {
    const body = new PassThrough();
    const reads = readsOf(body);
    const first = reads.next();
    await turn();
    body.push(bytes(1));
    body.push(bytes(2));
    body.push(bytes(3));
    expect((await first).value).toEqual(bytes(1, 2, 3));
    await reads.return?.();
  });

  it("are told in the turn in which they arrive", async () => {
    const body = new PassThrough();
    const reads = readsOf(body);
    let told = false;
    void reads.next().then(() => (told = true));
    await turn();
    const later = turn().then(() => told);
    body.push(bytes(1));
    expect(await later).toBe(true);
    await reads.return?.();
  });

  it("wait where nobody asks for them: what sends them is held up", async () => {
    let made = 0;
    const body = new Readable({
      read() {
        made += 1;
        this.push(Buffer.alloc(64 * 1024));
      },
    });
    const reads = readsOf(body);
    await reads.next();
    for (let turns = 0; turns < 50; turns += 1) await turn();
    expect(made).toBeLessThan(10);
    await reads.return?.();
    expect(body.destroyed).toBe(true);
  });

  it("come whole and in order, however slowly they are asked for", async () => {
    const all = Array.from({ length: 100 }, (_, index) => bytes(index, index + 1));
    const told: Uint8Array[] = [];
    const reads = readsOf(Readable.from(all, { objectMode: false }));
    for (let read = await reads.next(); !read.done; read = await reads.next()) {
      told.push(read.value);
      await turn();
    }
    expect(Buffer.concat(told)).toEqual(Buffer.concat(all));
    expect(await reads.next()).toMatchObject({ done: true });
  });

  it("go on behind one that holds nothing", async () => {
    async function* slowly(): AsyncGenerator<Uint8Array> {
      for (const piece of [bytes(), bytes(1), bytes(), bytes(2)]) {
        await turn();
        yield piece;
      }
    }
    const told: number[] = [];
    const reads = readsOf(Readable.from(slowly()));
    for (let read = await reads.next(); !read.done; read = await reads.next()) told.push(...read.value);
    expect(told).toEqual([1, 2]);
  });

  it("that came before a failure are told before it", async () => {
    const body = new PassThrough();
    const reads = readsOf(body);
    const first = reads.next();
    await turn();
    body.push(bytes(1));
    body.destroy(new Error("reset"));
    expect((await first).value).toEqual(bytes(1));
    await expect(reads.next()).rejects.toThrow("reset");
  });

  it("do not pass for all where the connection closed before the end", async () => {
    const body = new PassThrough();
    const first = readsOf(body).next();
    await turn();
    body.destroy();
    await expect(first).rejects.toMatchObject({ code: "ERR_STREAM_PREMATURE_CLOSE" });
  });

  it("are not waited for by whoever has left", async () => {
    const body = new PassThrough();
    const reads = readsOf(body);
    const waiting = reads.next();
    await reads.return?.();
    expect(await waiting).toMatchObject({ done: true });
    expect(body.destroyed).toBe(true);
  });
});
