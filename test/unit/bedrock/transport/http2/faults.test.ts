import { createServer as createTcpServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../../../../support/bedrock.ts";
import { askerOf, read } from "../../../../support/network/ask-over-http2.ts";
import {
  CANCEL,
  ENHANCE_YOUR_CALM,
  type FrameHost,
  HTTP_1_1_REQUIRED,
  INTERNAL_ERROR,
  type Line,
  NO_ERROR,
  openFrameHost,
  REFUSED_STREAM,
} from "../../../../support/network/frame-host.ts";
import { startConnectProxy } from "../../../../support/network/connect-proxy.ts";
import { openHttp2Host, trustStandIn } from "../../../../support/network/http2-host.ts";

beforeAll(trustStandIn);
const closers: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(closers.splice(0).map((close) => close())));

async function opened(...args: Parameters<typeof openFrameHost>): Promise<FrameHost> {
  const host = await openFrameHost(...args);
  closers.push(host.close);
  return host;
}

const answer = (line: Line, text = "done"): void => {
  line.headers(text.length);
  line.data(text, true);
};
/** What the first request meets; all others are answered. */
const first =
  (act: (line: Line) => void) =>
  (line: Line): void =>
    line.request === 0 ? act(line) : answer(line);

const soon = (act: () => void): void => void setTimeout(act, 10);
const LOST = { code: "ECONNRESET" };

describe("a body that is cut is no whole one", () => {
  it.each<[string, (line: Line) => void]>([
    ["cancelled", (line) => line.reset(CANCEL)],
    ["reset", (line) => line.reset(INTERNAL_ERROR)],
    ["reset without an error, before the length that was announced", (line) => line.reset(NO_ERROR)],
    ["ended before the length that was announced", (line) => line.data("", true)],
    ["longer than announced", (line) => line.data("x".repeat(200), true)],
    ["left by the host", (line) => void line.socket.end()],
    ["left by a host that wanted to go on", (line) => (line.goAway(1, NO_ERROR), void line.socket.destroy())],
    ["left with an error", (line) => line.goAway(1, ENHANCE_YOUR_CALM)],
  ])("%s", async (_, cut) => {
    const host = await opened(
      first((line) => {
        line.headers(100);
        line.data("some");
        soon(() => cut(line));
      }),
    );
    const { begin, text } = await askerOf(host.port);
    const answering = await begin();
    await expect(read(answering)).rejects.toMatchObject(LOST);
    expect(await text()).toBe("done");
  });
});

describe("what nobody has read is sent again, on another connection", () => {
  it.each<[string, (line: Line) => void]>([
    ["refused", (line) => line.reset(REFUSED_STREAM)],
    ["behind the last that a leaving host reads", (line) => line.goAway(0, NO_ERROR)],
    ["behind the last that a host reads which fails", (line) => line.goAway(0, ENHANCE_YOUR_CALM)],
  ])("%s", async (_, refuse) => {
    const host = await opened(first(refuse));
    const { text } = await askerOf(host.port);
    expect(await text({ body: "{}" })).toBe("done");
    expect(host.connections()).toBe(2);
  });

  it("a kept connection that was closed meanwhile", async () => {
    let asked = 0;
    const host = await opened((line) => {
      asked += 1;
      return line.request === 1 ? void line.socket.destroy() : answer(line);
    });
    const { text } = await askerOf(host.port);
    for (const _ of [1, 2]) expect(await text()).toBe("done");
    expect({ asked, connections: host.connections() }).toEqual({ asked: 3, connections: 2 });
  });

  it("not for ever", async () => {
    let asked = 0;
    const host = await opened((line) => {
      asked += 1;
      line.reset(REFUSED_STREAM);
    });
    const { text } = await askerOf(host.port);
    await expect(text()).rejects.toMatchObject(LOST);
    expect(asked).toBe(4);
  });
});

describe("what may have been read is not sent again", () => {
  it.each<[string, (line: Line) => void]>([
    ["reset", (line) => line.reset(INTERNAL_ERROR)],
    ["cancelled", (line) => line.reset(CANCEL)],
    ["reset without an error", (line) => line.reset(NO_ERROR)],
    ["not behind the last that a failing host has read", (line) => line.goAway(1, ENHANCE_YOUR_CALM)],
    ["on a new connection that is closed", (line) => void line.socket.destroy()],
  ])("%s", async (_, act) => {
    let asked = 0;
    const host = await opened((line) => {
      asked += 1;
      first(act)(line);
    });
    const { text } = await askerOf(host.port);
    await expect(text()).rejects.toMatchObject(LOST);
    expect(asked).toBe(1);
    expect(await text()).toBe("done");
  });
});

it("a host that leaves finishes what runs, and new calls go elsewhere", async () => {
  let running: Line | undefined;
  const host = await opened((line) => {
    // What comes behind its leave, it does not read.
    if (line.connection > 0) return answer(line);
    if (running) return;
    running = line;
    line.headers();
    line.goAway(1, NO_ERROR);
  });
  const { begin, text } = await askerOf(host.port);
  const answering = await begin();
  expect(await text()).toBe("done");
  expect(host.connections()).toBe(2);
  running?.data("to the end", true);
  expect(await read(answering)).toBe("to the end");
});

it("a host that dies takes all calls on its connection with it, and no other one", async () => {
  const lines: Line[] = [];
  const host = await opened((line) => (lines.push(line) > 3 ? answer(line) : line.headers()));
  const { begin, text } = await askerOf(host.port);
  const running = await Promise.all([begin(), begin(), begin()]);
  lines[0]!.socket.destroy();
  const ends = await Promise.allSettled(running.map(read));
  expect(ends).toMatchObject(ends.map(() => ({ status: "rejected", reason: LOST })));
  expect(new Set(ends.map((end) => (end as PromiseRejectedResult).reason as Error)).size).toBe(3);
  expect(await text()).toBe("done");
});

describe("a host of which nothing is heard any more", () => {
  it("is asked whether it is there, and left where it is not: no call waits for it then", async () => {
    let isThere = true;
    const host = await opened(
      (line) => {
        if (line.request === 0) isThere = false;
        else answer(line);
      },
      () => isThere,
    );
    const { text } = await askerOf(host.port, { probe: 30, connect: 500 });
    await expect(text()).rejects.toMatchObject(LOST);
    isThere = true;
    expect(await text()).toBe("done");
    expect(host.connections()).toBe(2);
  });

  it("is not one that reads a large request slowly, but who comes meanwhile does not wait for that", async () => {
    let slow: Line | undefined;
    const host = await opened((line) => {
      if (slow) return answer(line);
      slow = line;
      line.takeAll();
      line.socket.pause();
    });
    const { text } = await askerOf(host.port, { probe: 1_000, connect: 500 });
    const asked = [text({ body: Buffer.alloc(60_000_000) })];
    await eventually(() => slow !== undefined);
    while (host.connections() < 2) {
      asked.push(text());
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await asked.at(-1)).toBe("done");
    slow!.socket.resume();
    answer(slow!);
    expect(await Promise.all(asked)).toEqual(asked.map(() => "done"));
  });

  it("is not one whose model thinks", async () => {
    const host = await opened((line) => void setTimeout(() => answer(line, "late"), 1_200));
    const { text } = await askerOf(host.port, { probe: 30, connect: 400 });
    expect(await text()).toBe("late");
    expect(host.pings()).toBeGreaterThan(2);
  });
});

describe("a caller who leaves", () => {
  it("frees the stream and no more: the others on its connection go on", async () => {
    const lines: Line[] = [];
    const host = await opened((line) => {
      lines.push(line);
      line.headers();
    });
    const { begin } = await askerOf(host.port);
    const leaving = new AbortController();
    const [left, stays] = await Promise.all([begin({ signal: leaving.signal }), begin()]);
    leaving.abort();
    await expect(read(left)).rejects.toMatchObject({ name: "AbortError" });
    await eventually(() => host.resets.length === 1);
    expect(host.resets).toEqual([CANCEL]);
    for (const line of lines) line.data("still here", true);
    expect(await read(stays)).toBe("still here");
  });

  it("before the answer is told so at once", async () => {
    const leaving = new AbortController();
    const host = await opened(() => leaving.abort());
    const { begin } = await askerOf(host.port);
    await expect(begin({ signal: leaving.signal })).rejects.toMatchObject({ name: "AbortError" });
    await eventually(() => host.resets[0] === CANCEL);
  });

  it("before anything is sent sends nothing, on a kept connection too", async () => {
    let asked = 0;
    const host = await opened((line) => {
      asked += 1;
      answer(line);
    });
    const { begin, text } = await askerOf(host.port);
    await text();
    const leaving = new AbortController();
    const left = begin({ signal: leaving.signal });
    leaving.abort();
    await expect(left).rejects.toMatchObject({ name: "AbortError" });
    await expect(begin({ signal: leaving.signal })).rejects.toMatchObject({ name: "AbortError" });
    await text();
    expect(asked).toBe(2);
  });

  it("while a proxy opens the tunnel does not fail who comes after him", async () => {
    const host = await opened((line) => answer(line));
    let open = (): void => undefined;
    const opening = new Promise<void>((resolve) => (open = resolve));
    const proxy = await startConnectProxy({ to: `https://127.0.0.1:${host.port}`, opening });
    closers.push(proxy.close);
    const name = "bedrock-runtime.us-east-1.amazonaws.com";
    const { begin, text } = await askerOf(443, { proxy: `http://${proxy.host}` }, name);
    const leaving = new AbortController();
    const left = begin({ signal: leaving.signal }).catch((error: Error) => error.name);
    await eventually(() => proxy.asked.length === 1);
    leaving.abort();
    expect(await left).toBe("AbortError");
    const coming = text();
    open();
    expect(await coming).toBe("done");
  });

  it("by letting go of the body frees the stream", async () => {
    const host = await opened((line) => {
      line.headers();
      line.data("some");
    });
    const { begin } = await askerOf(host.port);
    const { response } = await begin();
    for await (const _ of response.body as AsyncIterable<Uint8Array>) break;
    await eventually(() => host.resets[0] === CANCEL);
  });

  it("while a connection comes about closes it, unless somebody else waits for it", async () => {
    const sockets = new Set<Socket>();
    const server = createTcpServer((socket) => {
      sockets.add(socket.on("error", () => undefined).on("close", () => sockets.delete(socket)));
      socket.resume();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closers.push(async () => server.close());
    const { begin } = await askerOf((server.address() as AddressInfo).port);
    const [one, other] = [new AbortController(), new AbortController()];
    const asked = [one, other].map(({ signal }) => begin({ signal }).catch((error: Error) => error.name));
    await eventually(() => sockets.size === 1);
    one.abort();
    expect(await asked[0]).toBe("AbortError");
    expect(sockets.size).toBe(1);
    other.abort();
    expect(await asked[1]).toBe("AbortError");
    await eventually(() => sockets.size === 0);
  });
});

it("a connection that does not come about is given up", async () => {
  const server = createTcpServer((socket) => void socket.on("error", () => undefined).resume());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(async () => server.close());
  const { begin } = await askerOf((server.address() as AddressInfo).port, { connect: 50 });
  await expect(begin()).rejects.toMatchObject({ code: "ETIMEDOUT" });
});

it("who waited for the same connection in vain has an error of his own: the SDK writes into them", async () => {
  const host = await openFrameHost(() => undefined);
  await host.close();
  const { begin } = await askerOf(host.port);
  const ends = await Promise.allSettled([begin(), begin()]);
  expect(ends).toMatchObject(ends.map(() => ({ status: "rejected", reason: { code: "ECONNREFUSED" } })));
  expect(new Set(ends.map((end) => (end as PromiseRejectedResult).reason as Error)).size).toBe(2);
});

it("a request that HTTP/2 cannot say holds no connection open", async () => {
  const host = await opened((line) => answer(line));
  const { begin, text } = await askerOf(host.port, { idle: 20 });
  await expect(begin({ headers: { "no name": "x" } })).rejects.toThrow(TypeError);
  expect(await text()).toBe("done");
  await eventually(() => host.open() === 0);
});

it("an unused connection is ended also where its host keeps its own side open", async () => {
  const host = await opened((line) => {
    answer(line);
    line.socket.allowHalfOpen = true;
    // Who has only said that he leaves would read this for ever.
    line.socket.once("end", () => setInterval(() => line.socket.write("still here"), 10).unref());
  });
  const { text } = await askerOf(host.port, { idle: 20 });
  expect(await text()).toBe("done");
  await eventually(() => host.open() === 0);
});

it("a host that wants HTTP/1.1 for it gets that", async () => {
  const host = await openHttp2Host(({ stream }) => stream.close(HTTP_1_1_REQUIRED), { allowHTTP1: true });
  closers.push(host.close);
  host.server.on("request", (request, response) => request.httpVersion === "1.1" && response.end("by 1.1"));
  const { text } = await askerOf(host.port);
  expect(await text({ body: "{}" })).toBe("by 1.1");
});

it("answers that come before many large requests are read are answers, and free their streams", async () => {
  const lines: Line[] = [];
  const host = await opened((line) => {
    // Node by itself takes no more answers where 10 MB of requests wait to be sent.
    if (lines.push(line) === 4) for (const each of lines) answer(each, "too large");
  });
  const { text } = await askerOf(host.port);
  const body = Buffer.alloc(8_000_000);
  const answers = await Promise.all([1, 2, 3, 4].map(() => text({ body })));
  expect(answers).toEqual(answers.map(() => "too large"));
  await eventually(() => host.resets.length === 4);
});

it("who reads slowly slows his own stream down, and nobody else's", async () => {
  let written = 0;
  const host = await openHttp2Host(({ stream, path }) => {
    stream.respond({ ":status": 200 });
    if (path !== "/flood") return void stream.end("at once");
    const pour = (): void => {
      while (!stream.destroyed && written < 64_000_000) {
        written += 16_384;
        if (!stream.write(Buffer.alloc(16_384))) return void stream.once("drain", pour);
      }
    };
    pour();
  });
  closers.push(host.close);
  const { begin, text } = await askerOf(host.port);
  const slow = await begin({ path: "/flood" });
  let before = -1;
  await eventually(() => before === (before = written));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await text()).toBe("at once");
  expect(written).toBeLessThan(2_000_000);
  (slow.response.body as { destroy(): void }).destroy();
});
