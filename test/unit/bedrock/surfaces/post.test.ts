import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { post } from "../../../../src/bedrock/surfaces/post.ts";

let server: Server | undefined;
afterEach(() => void server?.close());

const urlOf = async (opened: Server): Promise<string> => {
  await new Promise<void>((resolve) => opened.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(opened.address() as AddressInfo).port}/`;
};

const body = new TextEncoder().encode("{}");

it("a kept connection that the server has closed is not the caller's trouble", async () => {
  const sockets: Socket[] = [];
  let asked = 0;
  server = createServer((request, response) => {
    asked += 1;
    request.resume();
    response.end("ok");
  });
  server.on("connection", (socket: Socket) => void sockets.push(socket));
  // Whoever comes a second time on one connection finds it closed.
  server.prependListener("request", (request) => {
    if (sockets.length === 1 && asked === 1) request.socket.resetAndDestroy();
  });
  const url = await urlOf(server);
  for (let turn = 0; turn < 2; turn += 1) {
    const answer = await post(url, {}, body, new AbortController().signal);
    expect(answer.statusCode).toBe(200);
    for await (const _ of answer);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(sockets).toHaveLength(2);
});

it("an answer that breaks off is not asked for again", async () => {
  let asked = 0;
  server = createServer((request, response) => {
    asked += 1;
    request.resume();
    if (asked === 1) return void response.end("ok");
    response.writeHead(200, { "content-length": "10" });
    response.write("half");
    setTimeout(() => request.socket.resetAndDestroy(), 20);
  });
  const url = await urlOf(server);
  for await (const _ of await post(url, {}, body, new AbortController().signal));
  await new Promise((resolve) => setImmediate(resolve));
  const answer = await post(url, {}, body, new AbortController().signal);
  await expect(
    (async () => {
      for await (const _ of answer);
    })(),
  ).rejects.toThrow();
  expect(asked).toBe(2);
});

it("a server that was never there is an error, and is not asked again", async () => {
  await expect(post("http://127.0.0.1:1/", {}, body, new AbortController().signal)).rejects.toMatchObject({
    code: "ECONNREFUSED",
  });
});

it("a caller who leaves ends it", async () => {
  server = createServer(() => undefined);
  const left = new AbortController();
  const answer = post(await urlOf(server), {}, body, left.signal);
  left.abort(new Error("gone"));
  await expect(answer).rejects.toThrow();
  server.closeAllConnections();
});
