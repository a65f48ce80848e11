import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  createRequestHandler,
  type RequestHandler,
} from "../../../../../src/bedrock/transport/request-handler.ts";
import { textOf } from "../../../../support/network/text-of.ts";

let asked: string[] = [];
const server = createServer(({ method, url }, response) => {
  asked.push(`${method} ${url}`);
  response.end();
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => void server.close().closeAllConnections());

async function ask(method: string, path: string): Promise<string[]> {
  asked = [];
  const { port } = server.address() as AddressInfo;
  const { handle } = await createRequestHandler();
  const request = { method, protocol: "http:", hostname: "127.0.0.1", port, path, headers: {} };
  const { response } = await handle(request as unknown as Parameters<RequestHandler["handle"]>[0]);
  await textOf(response.body);
  return asked;
}

// Middleware may leave both so. As they stand, no host reads them.
it.each([
  ["an empty path is the root", "GET", "", "GET /"],
  ["a method is written in capitals", "post", "/model", "POST /model"],
])("%s, as Node's client writes it", async (_, method, path, heard) =>
  expect(await ask(method, path)).toEqual([heard]),
);

it("a method that holds another request is not sent", async () => {
  await expect(ask("GET /a HTTP/1.1\r\nhost: x\r\n\r\nGET", "/b")).rejects.toMatchObject({
    code: "ERR_INVALID_HTTP_TOKEN",
  });
  expect(asked).toEqual([]);
});
