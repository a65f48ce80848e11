import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  createRequestHandler,
  type RequestHandler,
} from "../../../../../src/bedrock/transport/request-handler.ts";
import { textOf } from "../../../../support/network/text-of.ts";

let heard: readonly string[] | undefined;
const server = createServer((request, response) => {
  heard = request.rawHeaders;
  response.end();
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => void server.close().closeAllConnections());

/** Names and values of the host's `x-…` headers, as it got them. */
async function written(headers: object): Promise<string[]> {
  heard = undefined;
  const { port } = server.address() as AddressInfo;
  const { handle } = await createRequestHandler();
  const request = { method: "GET", protocol: "http:", hostname: "127.0.0.1", port, path: "/", headers };
  const { response } = await handle(request as unknown as Parameters<RequestHandler["handle"]>[0]);
  await textOf(response.body);
  return heard!.flatMap((name, at) => (/^x-/i.test(name) ? [`${name}: ${heard![at + 1]}`] : []));
}

// A signature covers one of them: two lines would be refused.
it("a name that stands there twice, in other letters, is written once: the last one counts", async () =>
  expect(await written({ "X-Team": "one", "x-team": "two" })).toEqual(["x-team: two"]));

it("a number is written as its digits, and a list as a line for each", async () =>
  expect(await written({ "x-number": 5, "x-list": ["a", "b"] })).toEqual([
    "x-number: 5",
    "x-list: a",
    "x-list: b",
  ]));

it("what is undefined is not sent as a word", async () => {
  await expect(written({ "x-team": undefined })).rejects.toMatchObject({
    code: "ERR_HTTP_INVALID_HEADER_VALUE",
  });
  expect(heard).toBeUndefined();
});
