import http, { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { textOf } from "../../../../support/network/text-of.ts";

const own = http.request;
const ownText = Function.prototype.toString;

const server = createServer((_, response) => void response.end());
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => void server.close().closeAllConnections());

// As in a process whose tools come first: it is not known yet what is Node's own.
beforeEach(() => void vi.resetModules());
afterEach(() => {
  http.request = own;
  vi.restoreAllMocks();
});

async function ask(): Promise<void> {
  const { createRequestHandler } = await import("../../../../../src/bedrock/transport/request-handler.ts");
  const { handle } = await createRequestHandler();
  const { port } = server.address() as AddressInfo;
  const request = { method: "GET", protocol: "http:", hostname: "127.0.0.1", port, path: "/", headers: {} };
  const { response } = await handle(request as unknown as Parameters<typeof handle>[0]);
  await textOf(response.body);
}

const watching = (): typeof own & ReturnType<typeof vi.fn> =>
  vi.fn<(...given: Parameters<typeof own>) => ReturnType<typeof own>>((...given) =>
    own(...given),
  ) as unknown as typeof own & ReturnType<typeof vi.fn>;

it("whoever says the text of Node's own for his, still watches", async () => {
  const watcher = watching();
  http.request = Object.assign(watcher, { toString: () => ownText.call(own) });
  await ask();
  expect(watcher).toHaveBeenCalledOnce();
});

// Source: @sentry/node 7, by its integrations `Http` and `FunctionToString`, both of which are there unless somebody says no.
it("whoever makes all functions say the text of what they stand for, still watches", async () => {
  const watcher = watching();
  function wrapped(...given: Parameters<typeof own>) {
    return watcher(...given) as ReturnType<typeof own>;
  }
  http.request = Object.defineProperty(wrapped, "__sentry_original__", { value: own }) as typeof own;
  vi.spyOn(Function.prototype, "toString").mockImplementation(function (this: {
    __sentry_original__?: () => unknown;
  }) {
    return ownText.call(this.__sentry_original__ ?? this);
  });
  await ask();
  expect(watcher).toHaveBeenCalledOnce();
});
