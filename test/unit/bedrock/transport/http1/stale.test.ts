import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { askerOf, type Asker, say, whole } from "../../../../support/network/ask-over-http1.ts";
import { type Act, openRawServer, type RawServer } from "../../../../support/raw-server.ts";

const LOST = { name: "TimeoutError", code: "ECONNRESET" };
const DONE = say(whole("done"));

let server: RawServer;
let asker: Asker;
beforeEach(async () => {
  server = await openRawServer(DONE);
  asker = await askerOf(server);
  expect(await asker.text()).toBe("done");
});
afterEach(() => {
  vi.restoreAllMocks();
  return server.close();
});

const seen = (): object => ({ requests: server.requests, connections: server.connections });

const close: Act = ({ socket }) => {
  socket.destroy();
  return false;
};
const reset: Act = ({ reset }) => {
  reset();
  return false;
};

describe("a kept connection that the other end had closed", () => {
  it.each([
    ["closed", close],
    ["reset", reset],
  ])("costs nobody a call: it is repeated on a new one (%s)", async (_, act) => {
    const heads: string[] = [];
    const note =
      (act: Act): Act =>
      (line) => {
        heads.push(line.head);
        return act(line);
      };
    server.next(note(act), note(DONE));
    expect(await asker.text({ body: "hello", headers: { "x-once": "1" } })).toBe("done");
    expect(seen()).toEqual({ requests: 3, connections: 2 });
    expect(heads[1]).toBe(heads[0]);
  });

  it("costs a call where the new one is closed too: once is enough", async () => {
    server.next(close, close);
    await expect(asker.text()).rejects.toMatchObject(LOST);
    expect(seen()).toEqual({ requests: 3, connections: 2 });
    expect(await asker.text()).toBe("done");
  });

  it("is not tried one after the other where several rest: the repeat takes none of them", async () => {
    const resting = await askerOf(server);
    await Promise.all([resting.text(), resting.text(), resting.text()]);
    const before = server.requests;
    server.next(close, DONE);
    expect(await resting.text()).toBe("done");
    expect(server.requests - before).toBe(2);
  });
});

describe("what may have been read is not sent again", () => {
  it("once something was heard of an answer", async () => {
    server.next(({ socket }) => {
      socket.end("HTTP/1.1 2");
      return false;
    });
    await expect(asker.text()).rejects.toMatchObject(LOST);
    expect(seen()).toEqual({ requests: 2, connections: 1 });
  });

  it("once the answer has begun", async () => {
    server.next(({ socket }) => {
      socket.end("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nso");
      return false;
    });
    await expect(asker.text()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(seen()).toEqual({ requests: 2, connections: 1 });
  });

  it("after longer than a closed connection takes to say so", async () => {
    const now = performance.now.bind(performance);
    let later = 0;
    vi.spyOn(performance, "now").mockImplementation(() => now() + later);
    server.next((line) => {
      later = 5_000;
      return close(line);
    });
    await expect(asker.text()).rejects.toMatchObject(LOST);
    expect(seen()).toEqual({ requests: 2, connections: 1 });
  });

  it("on a new connection that is closed", async () => {
    const { text } = await askerOf(server);
    server.next(close);
    await expect(text()).rejects.toMatchObject(LOST);
    expect(seen()).toEqual({ requests: 2, connections: 2 });
  });

  it("for somebody who has left", async () => {
    const leaving = new AbortController();
    server.next((line) => {
      leaving.abort();
      return close(line);
    });
    await expect(asker.text({ abortSignal: leaving.signal })).rejects.toMatchObject({ name: "AbortError" });
    expect(seen()).toEqual({ requests: 2, connections: 1 });
  });
});
