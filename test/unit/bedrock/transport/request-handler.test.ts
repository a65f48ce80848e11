import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer, type Server as TcpServer, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import {
  createRequestHandler,
  type RequestHandler,
  type SocketBounds,
} from "../../../../src/bedrock/transport/request-handler.ts";
import { eventually } from "../../../support/bedrock.ts";
import { startConnectProxy } from "../../../support/network/connect-proxy.ts";
import { textOf } from "../../../support/network/text-of.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function listening(server: Server | TcpServer): Promise<{ port: number; sockets: Set<Socket> }> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
  });
  closers.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, sockets };
}

const serve = (answer: RequestListener) => listening(createHttpServer({ keepAliveTimeout: 0 }, answer));

/** As far as a handler reads it. */
const requestTo = (port: number, protocol = "http:", hostname = "127.0.0.1") =>
  ({ method: "GET", protocol, hostname, port, path: "/", headers: { host: "x" } }) as unknown as Parameters<
    RequestHandler["handle"]
  >[0];

async function ask(
  port: number,
  bounds: SocketBounds,
  { protocol = "http:", proxy }: { protocol?: string; proxy?: string } = {},
  hostname = "127.0.0.1",
): Promise<string> {
  const handler = await createRequestHandler(proxy === undefined ? {} : { proxy }, bounds);
  const { response } = await handler.handle(requestTo(port, protocol, hostname));
  return textOf(response.body);
}

describe("a socket that serves nobody", () => {
  it("is let go of after a while, before a gateway on the way forgets it", async () => {
    const { port, sockets } = await serve((_, response) => response.end("done"));
    expect(await ask(port, { idle: 50 })).toBe("done");
    expect(sockets.size).toBe(1);
    await eventually(() => sockets.size === 0);
  });

  it("is another than one on which a model thinks: that is kept however long", async () => {
    const { port } = await serve((_, response) => {
      response.write("first ");
      setTimeout(() => response.end("last"), 400);
    });
    expect(await ask(port, { idle: 50 })).toBe("first last");
  });

  it("is another than one that waits for its first byte", async () => {
    const { port } = await serve((_, response) => void setTimeout(() => response.end("late"), 400));
    expect(await ask(port, { idle: 50 })).toBe("late");
  });
});

describe("a connection that does not come about", () => {
  it("is given up: a host that takes the connection and speaks no TLS", async () => {
    const { port, sockets } = await listening(createServer((socket) => void socket.resume()));
    await expect(ask(port, { connect: 100 }, { protocol: "https:" })).rejects.toMatchObject({
      code: "ETIMEDOUT",
    });
    await eventually(() => sockets.size === 0);
  });

  it("is given up: a proxy that takes the connection and does not answer", async () => {
    const proxy = await startConnectProxy({ to: "http://127.0.0.1:1", status: 0 });
    closers.push(() => void proxy.close());
    const asked = ask(443, { connect: 100 }, { proxy: `http://${proxy.host}` }, "aws.example");
    await expect(asked).rejects.toMatchObject({ code: "ETIMEDOUT", proxy: proxy.host });
    expect(proxy.asked).toEqual(["aws.example:443"]);
  });

  it("is not one that came about and on which nothing comes: how long that may last, others say", async () => {
    const { port } = await serve((_, response) => void setTimeout(() => response.end("late"), 400));
    expect(await ask(port, { connect: 50 })).toBe("late");
  });
});

it("a connection that turns to another protocol is no answer that is waited for in vain", async () => {
  const { port } = await listening(
    createServer(
      (socket) => void socket.end("HTTP/1.1 101 Else\r\nconnection: upgrade\r\nupgrade: else\r\n\r\n"),
    ),
  );
  await expect(ask(port, {})).rejects.toMatchObject({ name: "TimeoutError", code: "ECONNRESET" });
});

it("plain requests go through a proxy's tunnel too", async () => {
  const { port } = await serve((_, response) => response.end("far"));
  const proxy = await startConnectProxy({ to: `http://127.0.0.1:${port}` });
  closers.push(() => void proxy.close());
  expect(await ask(80, {}, { proxy: `http://${proxy.host}` }, "gateway.internal")).toBe("far");
  expect(proxy.asked).toEqual(["gateway.internal:80"]);
});

it("a client that ends takes nobody's sockets with it", async () => {
  let connections = 0;
  const server = createHttpServer((_, response) => response.end("done"));
  server.on("connection", () => (connections += 1));
  const { port } = await listening(server);
  const handler = await createRequestHandler();
  const send = async (): Promise<void> => {
    const { response } = await handler.handle(requestTo(port));
    await textOf(response.body);
  };
  await send();
  handler.destroy?.();
  await send();
  expect(connections).toBe(1);
});
