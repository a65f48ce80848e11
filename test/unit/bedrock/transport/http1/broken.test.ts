import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../../../../support/bedrock.ts";
import { askerOf, say, sayLast, whole } from "../../../../support/network/ask-over-http1.ts";
import { textOf } from "../../../../support/network/text-of.ts";
import { STAND_IN } from "../../../../support/network/certificates.ts";
import { trustStandIn } from "../../../../support/network/http2-host.ts";
import { openRawServer, type RawServer } from "../../../../support/raw-server.ts";

beforeAll(trustStandIn);
let server: RawServer;
afterEach(() => server.close());

const OK = "HTTP/1.1 200 OK\r\n";
const CHUNKED = `${OK}transfer-encoding: chunked\r\n\r\n`;
const HOWS = ["ended", "reset"] as const;

describe.each([
  ["plain", undefined],
  ["TLS", STAND_IN],
])("a connection that breaks (%s)", (_, tls) => {
  describe.each(HOWS)("off, %s,", (how) => {
    it.each([
      ["before an answer", ""],
      ["within a status line", "HTTP/1.1 20"],
      ["within the headers", `${OK}content-length: 4\r\n`],
      ["after what is said before an answer", "HTTP/1.1 100 Continue\r\n\r\n"],
    ])("%s is a lost one", async (_, bytes) => {
      server = await openRawServer(sayLast(bytes, how), tls);
      const { begin } = await askerOf(server);
      await expect(begin()).rejects.toMatchObject({ name: "TimeoutError", code: "ECONNRESET" });
      expect(server.requests).toBe(1);
    });

    it.each([
      ["within a length", `${OK}content-length: 9\r\n\r\nsome`],
      ["before a body", `${OK}content-length: 9\r\n\r\n`, ""],
      ["within a chunk", `${CHUNKED}9\r\nsome`],
      ["between chunks", `${CHUNKED}4\r\nsome\r\n`],
      ["before the end of the last chunk", `${CHUNKED}4\r\nsome\r\n0\r\n`],
    ])("%s has no whole body, and what came is told before that", async (_, bytes, came = "some") => {
      server = await openRawServer(sayLast(bytes, how), tls);
      const { begin } = await askerOf(server);
      const { body } = await begin();
      let text = "";
      const reading = (async () => {
        for await (const piece of body) text += String(piece);
      })();
      await expect(reading).rejects.toMatchObject({ code: "ECONNRESET" });
      expect(text).toBe(came);
    });
  });

  it("off where the body goes on until the end is whole, if that is no failure", async () => {
    server = await openRawServer(sayLast(`${OK}\r\nall of it`, "ended"), tls);
    const { text } = await askerOf(server);
    expect(await text()).toBe("all of it");
    server.next(sayLast(`${OK}\r\nsome of it`, "reset"));
    await expect(text()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(server.connections).toBe(2);
  });

  it.each([
    ["a head", "SSH-2.0-OpenSSH\r\n", "HPE_INVALID_CONSTANT"],
    ["a body", `${CHUNKED}nothing\r\n`, "HPE_INVALID_CHUNK_SIZE"],
  ])("out of HTTP in %s says so and is left", async (_, bytes, code) => {
    server = await openRawServer(say(whole("done")), tls);
    server.next(say(bytes));
    const { begin, text } = await askerOf(server);
    const asked = begin().then(({ body }) => textOf(body));
    await expect(asked).rejects.toMatchObject({ code });
    await eventually(() => server.open === 0);
    expect(await text()).toBe("done");
  });
});

it("a body that turns out to be broken fails as the body of an answer, however late it does", async () => {
  server = await openRawServer(async ({ socket }) => {
    socket.write(`${CHUNKED}4\r\nsome\r\n`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.write("4\nmore\r\n");
    return false;
  });
  const { begin } = await askerOf(server);
  const { body, statusCode } = await begin();
  expect(statusCode).toBe(200);
  await expect(textOf(body)).rejects.toMatchObject({ code: "HPE_STRICT" });
});

it("nobody listens there: the error of the network says so", async () => {
  server = await openRawServer(say(whole("done")));
  const { begin } = await askerOf(server);
  await server.close();
  await expect(begin()).rejects.toMatchObject({ code: "ECONNREFUSED" });
  server = await openRawServer(say(whole("done")));
});
