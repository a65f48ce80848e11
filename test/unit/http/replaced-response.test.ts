import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterEach, describe, expect, it, vi } from "vitest";

const own = globalThis.Response;
// It puts a class of its own in the place of Node's.
getRequestListener(() => new Response());
const honos = globalThis.Response;
globalThis.Response = own;

afterEach(() => {
  globalThis.Response = own;
  vi.resetModules();
});

async function sent(answer: () => Response): Promise<Response> {
  const server = createServer(getRequestListener(answer));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const told = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  server.close();
  return told;
}

describe("an answer that a server sends with a Response of its own is not sent without its text", () => {
  it.each([
    ["in its place before the first answer", honos, honos],
    ["in its place after it", own, honos],
  ])("%s", async (_, first, then) => {
    const { textResponse } = await import("../../../src/http/text-response.ts");
    const answer = () => textResponse("a text", { headers: { "content-type": "text/x-own" } });
    globalThis.Response = first;
    expect(await answer().text()).toBe("a text");
    globalThis.Response = then;
    const told = await sent(answer);
    expect(told.headers.get("content-type")).toBe("text/x-own");
    expect(await told.text()).toBe("a text");
  });
});
