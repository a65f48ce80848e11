import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../../../../support/bedrock.ts";
import { askerOf } from "../../../../support/network/ask-over-http2.ts";
import { STAND_IN } from "../../../../support/network/certificates.ts";
import { startConnectProxy } from "../../../../support/network/connect-proxy.ts";
import {
  type Heard,
  type Http2Host,
  openHttp2Host,
  trustStandIn,
} from "../../../../support/network/http2-host.ts";

beforeAll(trustStandIn);
const closers: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(closers.splice(0).map((close) => close())));

async function opened(...args: Parameters<typeof openHttp2Host>): Promise<Http2Host> {
  const host = await openHttp2Host(...args);
  closers.push(host.close);
  return host;
}

const say = ({ stream }: Heard, text: string): void => {
  stream.respond({ ":status": 200 });
  stream.end(text);
};

/** Answers when so many have asked. */
const together = (count: number): ((heard: Heard) => void) => {
  const waiting: Heard[] = [];
  return (heard) => {
    waiting.push(heard);
    if (waiting.length === count) for (const each of waiting) say(each, each.path);
  };
};

const paths = (count: number): string[] => Array.from({ length: count }, (_, index) => `/${index}`);

describe("many calls at the same time", () => {
  it("travel on one connection, and each gets its own answer", async () => {
    const host = await opened(together(50));
    const { text } = await askerOf(host.port);
    expect(await Promise.all(paths(50).map((path) => text({ path })))).toEqual(paths(50));
    expect(host.connections()).toBe(1);
  });

  it("that are more than 100 get a second one: what one loses, they all wait for", async () => {
    const host = await opened(together(150));
    const { text } = await askerOf(host.port);
    await Promise.all(paths(150).map((path) => text({ path })));
    const on = host.heard.map(({ connection }) => connection);
    expect([0, 1].map((each) => on.filter((connection) => connection === each).length)).toEqual([100, 50]);
  });

  it("do not wait for each other where the host takes few on a connection, nor in a burst before it has said so", async () => {
    const host = await opened(together(30), { settings: { maxConcurrentStreams: 4 } });
    const { text } = await askerOf(host.port);
    expect(await Promise.all(paths(30).map((path) => text({ path })))).toEqual(paths(30));
    expect(host.heard).toHaveLength(30);
    expect(host.connections()).toBeGreaterThanOrEqual(8);
  });
});

describe("calls one after another", () => {
  it("travel on one connection, which does not outlive its use for long", async () => {
    const host = await opened((heard) => say(heard, "done"));
    const { text } = await askerOf(host.port, { idle: 50 });
    for (const _ of [1, 2, 3]) expect(await text()).toBe("done");
    expect({ connections: host.connections(), open: host.open() }).toEqual({ connections: 1, open: 1 });
    await eventually(() => host.open() === 0);
    expect(await text()).toBe("done");
    expect(host.connections()).toBe(2);
  });

  it("resume TLS where they need another connection", async () => {
    const resumed: boolean[] = [];
    const host = await opened((heard) => say(heard, "done"));
    host.server.on("secureConnection", (socket: TLSSocket) => resumed.push(socket.isSessionReused()));
    const { text } = await askerOf(host.port, { idle: 20 });
    await text();
    await eventually(() => host.open() === 0);
    await text();
    expect(resumed).toEqual([false, true]);
  });

  it("leave a model alone that thinks for longer than an unused connection is kept", async () => {
    const host = await opened((heard) => void setTimeout(() => say(heard, "late"), 200));
    const { text } = await askerOf(host.port, { idle: 20 });
    expect(await text()).toBe("late");
  });
});

it("what HTTP/1.1 says of its connections stays behind, and names and queries arrive as they were signed", async () => {
  const host = await opened((heard) => say(heard, ""));
  const { text } = await askerOf(host.port);
  const headers = { Connection: "keep-alive", "Transfer-Encoding": "chunked", "X-Amz-Date": "now" };
  await text({ path: "/model/a%3A0/converse", headers, query: { b: "it's (1)", a: "/" }, body: "{}" });
  const [{ headers: seen, path, body }] = host.heard as [Heard];
  expect(path).toBe("/model/a%3A0/converse?a=%2F&b=it%27s%20%281%29");
  expect(seen).toMatchObject({ ":authority": `127.0.0.1:${host.port}`, "x-amz-date": "now" });
  expect(Object.keys(seen)).not.toEqual(expect.arrayContaining(["connection"]));
  expect(seen).not.toHaveProperty("host");
  expect(seen).not.toHaveProperty("transfer-encoding");
  expect(String(await body)).toBe("{}");
});

describe("a host that speaks HTTP/1.1 alone", () => {
  it("is called by that, and asked for more only once", async () => {
    let connections = 0;
    const server = createServer(STAND_IN, (_, response) => response.end("by 1.1"));
    server.on("connection", () => (connections += 1)).listen(0, "127.0.0.1");
    closers.push(async () => {
      server.close();
      server.closeAllConnections();
    });
    await eventually(() => server.listening);
    const { text } = await askerOf((server.address() as AddressInfo).port);
    for (const _ of [1, 2, 3]) expect(await text()).toBe("by 1.1");
    // The one that asked, and the one that is kept.
    expect(connections).toBe(2);
  });
});

it("a proxy's tunnel carries many calls too", async () => {
  const host = await opened(together(10));
  const proxy = await startConnectProxy({ to: `https://127.0.0.1:${host.port}` });
  closers.push(proxy.close);
  const name = "bedrock-runtime.us-east-1.amazonaws.com";
  const { text } = await askerOf(443, { proxy: `http://${proxy.host}` }, name);
  expect(await Promise.all(paths(10).map((path) => text({ path })))).toEqual(paths(10));
  expect(proxy.asked).toEqual([`${name}:443`]);
});
