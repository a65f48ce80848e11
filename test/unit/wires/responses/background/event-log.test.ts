import { describe, expect, it } from "vitest";
import type { ResponseEvent } from "../../../../../src/openai/responses/events.ts";
import type { Kept } from "../../../../../src/store/kept.ts";
import {
  type Batch,
  createEventLog,
  forgetLog,
} from "../../../../../src/wires/responses/background/event-log.ts";

const item = (id: string): ResponseEvent =>
  ({ type: "response.output_item.done", output_index: 0, item: { id } }) as unknown as ResponseEvent;

const text = (delta: string): ResponseEvent =>
  ({ type: "response.output_text.delta", item_id: "msg_1", delta }) as unknown as ResponseEvent;

interface Shelf extends Kept<Batch> {
  kept: Map<string, Batch>;
  /** What `put` waits for. */
  before: () => Promise<void>;
}

function openShelf(): Shelf {
  const kept = new Map<string, Batch>();
  const shelf: Shelf = {
    kept,
    before: async () => undefined,
    get: async (id) => kept.get(id),
    async put(id, value) {
      await shelf.before();
      kept.set(id, structuredClone(value));
    },
    putJson: async () => undefined,
    remove: async (id) => void kept.delete(id),
  };
  return shelf;
}

const logOn = (batches: Shelf, onKept = (): void => undefined) =>
  createEventLog({ id: "resp_1", batches, every: 60_000, onKept });

const told = ({ kept }: Shelf): ResponseEvent[] =>
  [...kept.keys()].map((_, index) => kept.get(`resp_1:${index}`)!).flatMap(({ events }) => events);

describe("the log of a response", () => {
  it("has all events in order, numbered without a gap, however they came", async () => {
    const shelf = openShelf();
    const log = logOn(shelf);
    await log.begin([item("a"), item("b")]);
    for (const id of ["c", "d", "e"]) await log.add(item(id));
    await log.flush();
    await log.add(item("f"));
    await log.flush();
    expect(told(shelf)).toEqual(["a", "b", "c", "d", "e", "f"].map(item));
    let next = 0;
    for (const { first, events } of shelf.kept.values()) {
      expect(first).toBe(next);
      next += events.length;
    }
  });

  it("keeps together what comes while it is kept, or soon after", async () => {
    const shelf = openShelf();
    const log = logOn(shelf);
    for (let index = 0; index < 500; index += 1) await log.add(text("a"));
    await log.flush();
    expect(shelf.kept.size).toBeLessThan(5);
    expect(
      told(shelf)
        .map((event) => (event as { delta: string }).delta)
        .join(""),
    ).toBe("a".repeat(500));
  });

  it("says that there is more after it is kept, and not before", async () => {
    const shelf = openShelf();
    const sizes: number[] = [];
    const log = logOn(shelf, () => void sizes.push(shelf.kept.size));
    await log.begin([item("a")]);
    await log.add(item("b"));
    await log.flush();
    expect(sizes).toEqual([1, 2]);
  });

  it("makes the model wait for a store that is slow: what waits has a bound", async () => {
    const shelf = openShelf();
    let open: (() => void) | undefined;
    shelf.before = () => new Promise((resolve) => (open = resolve));
    const log = logOn(shelf);
    await log.add(text("a"));
    let isTaken = false;
    const adding = log.add(text("b".repeat(300 * 1024))).then(() => (isTaken = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isTaken).toBe(false);
    shelf.before = async () => undefined;
    open!();
    await adding;
    expect(told(shelf)).toHaveLength(2);
  });

  it("tells who adds to it that nothing is kept any longer", async () => {
    const shelf = openShelf();
    const failure = new Error("not of the store's");
    shelf.before = () => Promise.reject(failure);
    const log = logOn(shelf);
    await log.add(item("a"));
    await new Promise((resolve) => setTimeout(resolve, 0));
    await expect(log.add(item("b"))).rejects.toBe(failure);
    await expect(log.flush()).rejects.toBe(failure);
  });

  it("leaves nothing when it is forgotten", async () => {
    const shelf = openShelf();
    const log = logOn(shelf);
    await log.begin([item("a")]);
    await log.add(item("b"));
    await log.flush();
    await forgetLog(shelf, "resp_1");
    expect(shelf.kept.size).toBe(0);
  });

  it("leaves nothing of what still waits, and nothing behind a gap that another process made", async () => {
    const shelf = openShelf();
    const log = logOn(shelf);
    await log.begin([item("a")]);
    await log.add(item("b"));
    await log.flush();
    await log.add(item("c"));
    shelf.kept.delete("resp_1:0");
    await log.forget();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(shelf.kept.size).toBe(0);
  });
});
