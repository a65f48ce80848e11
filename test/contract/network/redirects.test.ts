import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLAUDE, type House, openHouse } from "../../support/bedrock.ts";
import { chatRequest } from "../../support/requests.ts";

let house: House;
let server: Server;
beforeEach(async () => {
  house = await openHouse();
  server = createServer((request, response) => {
    request.resume();
    response.writeHead(307, { location: `${house.bedrock.url}${request.url}` }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  await house.bedrock.close();
});

const post = (path: string, body: object): Request =>
  new Request(`http://localhost/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

describe("a redirect takes nobody's signature and prompt elsewhere", () => {
  it.each([
    ["the runtime's", () => chatRequest({ model: CLAUDE })],
    ["the runtime's, for a stream", () => chatRequest({ model: CLAUDE, stream: true })],
    ["mantle's", () => chatRequest({ model: "mantle/openai.gpt-oss-120b" })],
    [
      "agent-runtime's",
      () => post("/rerank", { model: "cohere.rerank-v3-5:0", query: "a", documents: ["b"] }),
    ],
    ["the control plane's", () => new Request("http://localhost/v1/models")],
  ])("%s", async (_, request) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const response = await house.withOptions({ endpoint: url })(request());
    expect(response.status).toBe(502);
    expect(response.headers.get("location")).toBeNull();
    expect(await response.text()).toContain("redirect");
    expect(house.bedrock.requests).toEqual([]);
  });
});
