import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Pieces } from "../../../../integrations/openai/pieces.ts";
import { EventFlow } from "../../../../src/http/event-flow.ts";
import { unread } from "../../../../src/http/unread.ts";

const left: unknown[] = [];
const piecesOf = (frames: AsyncIterator<string, void, undefined>): Pieces =>
  new Pieces(new EventFlow(frames, (reason) => void left.push(reason)));

async function* twoThen(failure?: Error): AsyncGenerator<string, void, undefined> {
  yield "one";
  yield "two";
  if (failure) throw failure;
}

const silence = { next: () => new Promise<never>(() => undefined) };

beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => {
  left.length = 0;
  vi.useRealTimers();
});

describe("the pieces of a stream's text", () => {
  it("come when they are asked for, and end", async () => {
    const pieces = piecesOf(twoThen());
    expect([await pieces.next(), await pieces.next(), await pieces.next()]).toEqual([
      "one",
      "two",
      undefined,
    ]);
    expect(left).toEqual([]);
  });

  it("fail by what the stream fails by, after what came before", async () => {
    const pieces = piecesOf(twoThen(new Error("broken")));
    expect([await pieces.next(), await pieces.next()]).toEqual(["one", "two"]);
    expect(await pieces.next()).toEqual({ error: new Error("broken") });
  });

  it("fail by the reason for which they are left, the first one, also for whoever waits", async () => {
    const pieces = piecesOf(silence);
    const waiting = pieces.next();
    pieces.leave("enough");
    pieces.leave("again");
    expect([await waiting, await pieces.next()]).toEqual([{ error: "enough" }, { error: "enough" }]);
    expect(left).toEqual(["enough"]);
  });

  it.each([0, 1])(
    "that nobody reads for 15 minutes fail when they are asked for (read before: %i)",
    async (read) => {
      const pieces = piecesOf(twoThen());
      for (let piece = 0; piece < read; piece += 1) await pieces.next();
      await vi.advanceTimersByTimeAsync(16 * 60_000);
      expect(left).toHaveLength(1);
      expect(await pieces.next()).toEqual({ error: unread() });
    },
  );
});
