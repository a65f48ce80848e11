import express5 from "express";
import express4 from "express4";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { connect, createServer as createHttp2Server } from "node:http2";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bedrockOpenAI } from "../../adapters/express.ts";
import { bedrockOpenAI as nodeDoor } from "../../adapters/node.ts";
import { CLAUDE, type House, openHouse } from "../support/bedrock.ts";
import { chunksOf } from "../support/sse.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.reset());
afterAll(() => house.bedrock.close());

const post = (body: object): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", "accept-encoding": "gzip" },
  body: JSON.stringify({ model: CLAUDE, messages: [{ role: "user", content: "Hi" }], ...body }),
});

describe.each([
  ["Express 5", express5],
  ["Express 4", express4],
])("%s beside the house", (_, express) => {
  it("keeps its own routes, its error handler, and the bound of 32 MiB", async () => {
    const app = express();
    app.use("/api/v1", bedrockOpenAI(house.handler));
    app.get("/own", (_request, response) => void response.send("own"));
    const server = createServer(app as unknown as RequestListener);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await (await fetch(`${base}/own`)).text()).toBe("own");
    expect((await fetch(`${base}/api/v1/chat/completions`, post({}))).status).toBe(200);
    const huge = post({ messages: [{ role: "user", content: "x".repeat(33 * 1024 * 1024) }] });
    expect((await fetch(`${base}/api/v1/chat/completions`, huge)).status).toBe(413);
    server.closeAllConnections();
    server.close();
  });
});

describe("an HTTP/2 server", () => {
  it("streams answers, and ends the request whose body it refused", async () => {
    const server = createHttp2Server(nodeDoor(house.withOptions({ maxBodyBytes: 1000 })));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const ask = (length: number) => {
      const stream = session.request({
        ":method": "POST",
        ":path": "/v1/chat/completions",
        "content-type": "application/json",
      });
      const body = { model: CLAUDE, stream: true, messages: [{ role: "user", content: "x".repeat(length) }] };
      stream.write(JSON.stringify(body));
      return stream;
    };

    const good = ask(10);
    good.end();
    let text = "";
    good.setEncoding("utf8").on("data", (data: string) => void (text += data));
    await once(good, "close");
    expect(chunksOf(text).done).toBe(true);

    // Never ended by the client: the server has to.
    const tooLarge = ask(5_000);
    const [headers] = (await once(tooLarge, "response")) as [Record<string, unknown>];
    expect(headers[":status"]).toBe(413);
    tooLarge.resume();
    await once(tooLarge, "close");
    session.destroy();
    server.close();
  });
});

describe("a reader who never reads", () => {
  it("does not hold the model for ever", async () => {
    house.bedrock.enqueue({ content: [{ text: "a long word and another ".repeat(400_000) }] });
    const response = await house.withOptions({ timeouts: { idle: 200 } })(
      new Request("http://x/v1/chat/completions", post({ stream: true })),
    );
    await house.bedrock.requests[0]!.closed;
    expect(house.bedrock.requests[0]!.aborted).toBe(true);
    const { chunks, done } = chunksOf(await response.text());
    expect(done).toBe(false);
    expect(chunks.at(-1)!.error).toMatchObject({ code: "timeout" });
  });
});
