import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ASK, type Askable } from "../../../../../src/asked.ts";
import { eventually } from "../../../../support/bedrock.ts";
import { askerOf, type Asker, type Begun, say, whole } from "../../../../support/network/ask-over-http1.ts";
import { openRawServer, type Act, type RawServer } from "../../../../support/raw-server.ts";

/** Who asks, as tracers and frameworks keep it. */
const caller = new AsyncLocalStorage<string>();

const HEAD = "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n";
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let server: RawServer;
let asker: Asker;
beforeEach(async () => {
  server = await openRawServer(say(whole("done")));
  asker = await askerOf(server);
  // The connection comes about for somebody else.
  await caller.run("first", () => asker.text());
});
afterEach(() => {
  expect(server.connections).toBe(1);
  return server.close();
});

type Told = [what: string, to: string | undefined];

/** Asks the body as our own streams do: without a promise in between, which would bring its own context. */
function listenTo(body: Begun["body"], told: Told[]): void {
  let from = body as unknown as Askable<Uint8Array>;
  const ask = (): void => {
    from = from[ASK]({
      told: ({ done, value }) => {
        told.push([done ? "end" : String(value), caller.getStore()]);
        if (!done) ask();
      },
      failed: (error) => told.push([(error as Error).name, caller.getStore()]),
    });
  };
  ask();
}

const slowly =
  (end: Act): Act =>
  async (line) => {
    await pause(10);
    line.socket.write(HEAD);
    await pause(10);
    line.socket.write("some");
    await pause(10);
    return end(line);
  };

describe("what is told on a connection that was made for another is told in the context of who asked", () => {
  it("pieces and the end", async () => {
    server.next(slowly(({ socket }) => socket.write("more")));
    const told: Told[] = [];
    await caller.run("second", async () => listenTo((await asker.begin()).body, told));
    await eventually(() => told.length === 3);
    expect(told).toEqual([
      ["some", "second"],
      ["more", "second"],
      ["end", "second"],
    ]);
  });

  it("a failure of the connection", async () => {
    server.next(
      slowly(({ socket }) => {
        socket.destroy();
        return false;
      }),
    );
    const told: Told[] = [];
    await caller.run("second", async () => listenTo((await asker.begin()).body, told));
    await eventually(() => told.length === 2);
    expect(told).toEqual([
      ["some", "second"],
      ["Error", "second"],
    ]);
  });

  it("that he has left, whoever says so for him", async () => {
    server.next(slowly(() => false));
    const leaving = new AbortController();
    const told: Told[] = [];
    await caller.run("second", async () =>
      listenTo((await asker.begin({ abortSignal: leaving.signal })).body, told),
    );
    await eventually(() => told.length === 1);
    caller.run("somebody else", () => leaving.abort());
    await eventually(() => told.length === 2);
    expect(told).toEqual([
      ["some", "second"],
      ["AbortError", "second"],
    ]);
  });

  it("what flows out of a stream", async () => {
    server.next(slowly(({ socket }) => socket.write("more")));
    const told: Told[] = [];
    await caller.run("second", async () => {
      const { body } = await asker.begin();
      body.on("data", (bytes) => told.push([String(bytes), caller.getStore()]));
      body.on("end", () => told.push(["end", caller.getStore()]));
    });
    await eventually(() => told.length === 3);
    expect(new Set(told.map(([, to]) => to))).toEqual(new Set(["second"]));
  });

  it("one after the other", async () => {
    for (const name of ["second", "third", "fourth"]) {
      server.next(slowly(({ socket }) => socket.write("more")));
      const told: Told[] = [];
      await caller.run(name, async () => listenTo((await asker.begin()).body, told));
      await eventually(() => told.length === 3);
      expect(told.map(([, to]) => to)).toEqual([name, name, name]);
      await eventually(() => server.busy === 0);
    }
  });
});

it("who asks is not kept by the connection that has served him", async () => {
  const seen = new Set<string | undefined>();
  for (const name of ["second", undefined, "third"]) {
    const asked = async (): Promise<void> => {
      await asker.text();
      seen.add(caller.getStore());
    };
    await (name === undefined ? caller.exit(asked) : caller.run(name, asked));
  }
  expect([...seen]).toEqual(["second", undefined, "third"]);
});
