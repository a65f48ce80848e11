import { EventEmitter, once } from "node:events";
import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type AfterAnswers,
  createAfterAnswers,
} from "../../../../integrations/command/serve/after-answers.ts";
import { createDrain } from "../../../../integrations/command/serve/drain.ts";

/** A response in the background when its server is told to stop. */

let server: Server;
let after: AfterAnswers;
beforeEach(async () => {
  server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  after = createAfterAnswers();
});
afterEach(() => server.close());

/** Work that ends when it is told to. */
function work(): { done: Promise<unknown>; end(): unknown; fail(): unknown } {
  const ends = new EventEmitter();
  // Rejects with what comes as `error`.
  return {
    done: once(ends, "end"),
    end: () => ends.emit("end"),
    fail: () => ends.emit("error", new Error("lost")),
  };
}

describe("a server that is told to stop while work goes on after its answers", () => {
  it("waits for it, also for work that begins meanwhile, and whether or not it succeeds", async () => {
    const [first, second] = [work(), work()];
    after.waitUntil(first.done);
    let isOver = false;
    const drained = createDrain(server, 60_000, after).start();
    void drained.then(() => (isOver = true));
    await once(server, "close");
    after.waitUntil(second.done);
    first.fail();
    await new Promise(setImmediate);
    expect(isOver).toBe(false);
    second.end();
    expect(await drained).toEqual({ wasCut: false });
  });

  it("does not wait for ever, and says so", async () => {
    after.waitUntil(work().done);
    expect(await createDrain(server, 1, after).start()).toEqual({ wasCut: true });
  });

  it("does not wait where nothing goes on", async () => {
    expect(await createDrain(server, 60_000, after).start()).toEqual({ wasCut: false });
  });
});
