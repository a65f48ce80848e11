import { type ChannelListener, subscribe, unsubscribe } from "node:diagnostics_channel";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import tls from "node:tls";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { askerOf, type Asker } from "../../../support/network/ask-over-http1.ts";
import { STAND_IN } from "../../../support/network/certificates.ts";
import { trustStandIn } from "../../../support/network/http2-host.ts";
import { openRawServer, type RawServer } from "../../../support/raw-server.ts";

beforeAll(trustStandIn);

/** Who has written a request, by how he spells what he adds: what is told is that. */
const openTeller = (secure: boolean): Promise<RawServer> =>
  openRawServer(
    ({ socket, head }) => {
      const who = head.includes("\r\nconnection: ") ? "ours" : "Node's";
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${who.length}\r\n\r\n${who}`);
      return true;
    },
    secure ? STAND_IN : undefined,
  );

/** Puts another function in the place of one, as tools do it; gives back what puts the first one there again. */
function replace(owner: object, name: string): () => void {
  const own = Reflect.get(owner, name) as (...args: unknown[]) => unknown;
  const wrapped = function wrapped(this: unknown, ...args: unknown[]): unknown {
    return own.apply(this, args);
  };
  Reflect.set(owner, name, wrapped);
  return () => void Reflect.set(owner, name, own);
}

const restorers: (() => void)[] = [];
const undo = (): void => {
  for (const restore of restorers.splice(0)) restore();
};

describe.each([
  ["plain", false],
  ["TLS", true],
])("Node's own client asks (%s)", (_, secure) => {
  let server: RawServer;
  let asker: Asker;
  beforeEach(async () => {
    server = await openTeller(secure);
    asker = await askerOf(server);
    expect(await asker.text()).toBe("ours");
  });
  afterEach(() => {
    undo();
    return server.close();
  });

  it.each([
    "http.client.request.created",
    "http.client.request.start",
    "http.client.request.error",
    "http.client.response.finish",
  ])("while somebody listens to %s, and no longer", async (name) => {
    let told = 0;
    const listener: ChannelListener = () => (told += 1);
    subscribe(name, listener);
    restorers.push(() => void unsubscribe(name, listener));
    expect(await asker.text()).toBe("Node's");
    undo();
    // Node 20 has not all of them; an error there is none.
    if (name.endsWith(".start") || name.endsWith(".finish")) expect(told).toBe(1);
    expect(await asker.text()).toBe("ours");
  });

  it.each<[string, object, string]>([
    ["net.connect", net, "connect"],
    ["how a socket connects", net.Socket.prototype, "connect"],
    ["how an agent takes requests", http.Agent.prototype, "addRequest"],
    ["http.request", http, "request"],
    ...(secure
      ? ([
          ["https.request", https, "request"],
          ["tls.connect", tls, "connect"],
        ] as [string, object, string][])
      : []),
  ])("while somebody has replaced %s, and no longer", async (_, owner, name) => {
    restorers.push(replace(owner, name));
    expect(await asker.text()).toBe("Node's");
    undo();
    expect(await asker.text()).toBe("ours");
  });
});

it("what only TLS passes is of no account without it", async () => {
  const server = await openTeller(false);
  const { text } = await askerOf(server);
  restorers.push(replace(tls, "connect"), replace(https, "request"));
  expect(await text()).toBe("ours");
  undo();
  await server.close();
});

it("nock answers in the place of hosts from when it is loaded until it leaves", async () => {
  const server = await openTeller(false);
  const { text } = await askerOf(server);
  expect(await text()).toBe("ours");
  const { default: nock } = await import("nock");
  nock(server.url).post("/").reply(200, "nock's");
  expect(await text()).toBe("nock's");
  nock.restore();
  expect(await text()).toBe("ours");
  await server.close();
});
