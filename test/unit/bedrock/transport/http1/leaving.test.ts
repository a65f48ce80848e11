import { createServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../../../../support/bedrock.ts";
import { askerOf, type Asker, say, whole } from "../../../../support/network/ask-over-http1.ts";
import { textOf } from "../../../../support/network/text-of.ts";
import { STAND_IN } from "../../../../support/network/certificates.ts";
import { trustStandIn } from "../../../../support/network/http2-host.ts";
import { type Act, openRawServer, type RawServer } from "../../../../support/raw-server.ts";

beforeAll(trustStandIn);
afterEach(() => vi.unstubAllEnvs());

const LEFT = { name: "AbortError" };
const BEGIN = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nsome";

const silent: Act = () => false;
const begins: Act = ({ socket }) => {
  socket.write(BEGIN);
  return false;
};

describe.each([
  ["plain", undefined],
  ["TLS", STAND_IN],
])("who leaves (%s)", (_, tls) => {
  let server: RawServer;
  let asker: Asker;
  beforeEach(async () => {
    server = await openRawServer(say(whole("done")), tls);
    asker = await askerOf(server);
  });
  afterEach(() => server.close());

  it("before he asks, opens no connection", async () => {
    await expect(asker.begin({ abortSignal: AbortSignal.abort() })).rejects.toMatchObject(LEFT);
    expect(server.connections).toBe(0);
  });

  it("while it is looked up whether a proxy is on the way, is not asked for", async () => {
    vi.stubEnv("http_proxy", "http://127.0.0.1:1");
    vi.stubEnv("https_proxy", "http://127.0.0.1:1");
    const { begin, text } = await askerOf(server, {}, {});
    const leaving = new AbortController();
    const asked = begin({ abortSignal: leaving.signal });
    leaving.abort();
    await expect(asked).rejects.toMatchObject(LEFT);
    expect(server.connections).toBe(0);
    expect(await text()).toBe("done");
  });

  it("before the answer, is told so at once, and his connection ends", async () => {
    const leaving = new AbortController();
    const why = new Error("enough");
    server.next((line) => {
      leaving.abort(why);
      return silent(line);
    });
    const asked = asker.begin({ abortSignal: leaving.signal });
    await expect(asked).rejects.toMatchObject({ ...LEFT, cause: why });
    await eventually(() => server.open === 0);
    expect(await asker.text()).toBe("done");
  });

  it("within the answer, is told so, and his connection ends", async () => {
    const leaving = new AbortController();
    server.next(begins);
    const { body } = await asker.begin({ abortSignal: leaving.signal });
    leaving.abort();
    await expect(textOf(body)).rejects.toMatchObject(LEFT);
    await eventually(() => server.open === 0);
    expect(await asker.text()).toBe("done");
  });

  it("after the end, ends nothing: the connection is somebody else's by then", async () => {
    const leaving = new AbortController();
    expect(await asker.text({ abortSignal: leaving.signal })).toBe("done");
    leaving.abort();
    server.next(begins);
    const { body } = await asker.begin();
    leaving.abort();
    body.destroy();
    await eventually(() => server.open === 0);
    expect({ connections: server.connections, requests: server.requests }).toEqual({
      connections: 1,
      requests: 2,
    });
  });

  it("after the end, before he has read it, still has it, and the connection serves on", async () => {
    const leaving = new AbortController();
    const { body } = await asker.begin({ abortSignal: leaving.signal });
    leaving.abort();
    expect(await textOf(body)).toBe("done");
    expect(await asker.text()).toBe("done");
    expect(server.connections).toBe(1);
  });

  it("again and again on one connection, leaves no listener behind", async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    for (let turn = 0; turn < 20; turn += 1) await asker.text({ abortSignal: signal });
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener),
    );
    expect(added).toHaveBeenCalledTimes(20);
  });

  it.each<[string, (body: Awaited<ReturnType<Asker["begin"]>>["body"]) => unknown]>([
    ["by destroying the stream", (body) => body.destroy()],
    [
      "by breaking off the loop",
      async (body) => {
        for await (const _ of body) break;
      },
    ],
    ["by returning the iterator", (body) => (body as unknown as AsyncGenerator).return(undefined)],
  ])("%s, ends the connection and takes no failure with him", async (_, leave) => {
    server.next(begins);
    const { body } = await asker.begin();
    await leave(body);
    await eventually(() => server.open === 0);
    expect(await asker.text()).toBe("done");
  });

  it("is not who waits for longer than he said: that is told apart, and the connection ends", async () => {
    server.next(silent);
    const asked = asker.begin({ requestTimeout: 20 });
    await expect(asked).rejects.toMatchObject({
      name: "TimeoutError",
      message: "No answer came within 20 ms.",
    });
    await eventually(() => server.open === 0);
  });

  it("is not who waits for longer within an answer: how long that may take, others say", async () => {
    server.next(async ({ socket }) => {
      socket.write(BEGIN);
      await new Promise((resolve) => setTimeout(resolve, 100));
      socket.write(" more");
      return true;
    });
    expect(await asker.text({ requestTimeout: 30 })).toBe("some more");
  });
});

it("who leaves while a connection comes about leaves none behind", async () => {
  const sockets = new Set<Socket>();
  const mute = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined).on("close", () => sockets.delete(socket)));
    socket.resume();
  });
  await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
  const { begin } = await askerOf({ url: `https://127.0.0.1:${(mute.address() as AddressInfo).port}` });
  const leaving = new AbortController();
  const asked = begin({ abortSignal: leaving.signal }).catch((error: Error) => error.name);
  await eventually(() => sockets.size === 1);
  leaving.abort();
  expect(await asked).toBe("AbortError");
  await eventually(() => sockets.size === 0);
  mute.close();
});
