import { createServer } from "node:net";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { createMediaFetcher } from "../../../src/media/fetch-media.ts";
import { LOCAL, PARAM, never, png, refusal, serve, serveTcp } from "./media-server.ts";

describe("only a plain http(s) URL is downloaded", () => {
  it.each([
    ["file:///etc/passwd", "Only http and https URLs are supported."],
    ["data:image/png;base64,AAAA", "Only http and https URLs are supported."],
    ["ftp://example.com/a.png", "Only http and https URLs are supported."],
    ["gopher://127.0.0.1:25/_HELO", "Only http and https URLs are supported."],
    ["blob:https://example.com/1", "Only http and https URLs are supported."],
    ["s3://bucket/key", "Only http and https URLs are supported."],
    ["javascript:alert(1)", "Only http and https URLs are supported."],
    ["ws://example.com/", "Only http and https URLs are supported."],
    ["//example.com/a.png", "It is not a valid URL."],
    ["", "It is not a valid URL."],
    ["http://", "It is not a valid URL."],
    ["http://[fe80::1%25eth0]/", "It is not a valid URL."],
    ["http://1.2.3.256/", "It is not a valid URL."],
    ["http://user@example.com/", "A URL must not contain credentials."],
    ["http://:secret@example.com/", "A URL must not contain credentials."],
  ])("%s", async (url, reason) => {
    const error = await refusal(createMediaFetcher()(url, PARAM, never()));
    expect(error.message.endsWith(reason), error.message).toBe(true);
    expect(error.toBody().error).toMatchObject({ param: PARAM, code: "invalid_image_url" });
  });

  it("none at all where downloads are switched off", async () => {
    const server = await serve(png);
    const fetcher = createMediaFetcher({ ...LOCAL, fetch: false });
    expect((await refusal(fetcher(server.url(), PARAM, never()))).message).toMatch(
      /Downloads are switched off/,
    );
    expect(server.sockets).toEqual([]);
  });
});

describe("an error tells the caller nothing that it should not know", () => {
  it.each([
    ["a query", "http://10.0.0.1/a?token=secret"],
    ["a fragment", "http://10.0.0.1/a#secret"],
    ["a password", "http://user:secret@10.0.0.1/a"],
    ["a password without slashes", "http:user:secret@10.0.0.1/a"],
    ["a password in no URL", "http://user:secret@ 10.0.0.1 /a"],
  ])("not %s", async (_, url) => {
    const error = await refusal(createMediaFetcher()(url, PARAM, never()));
    expect(error.message).toContain("10.0.0.1");
    expect(error.message).not.toContain("secret");
  });

  it("not more than 100 characters of a URL", async () => {
    const error = await refusal(createMediaFetcher()(`http://10.0.0.1/${"a".repeat(5_000)}`, PARAM, never()));
    expect(error.message).toBe(
      `Error while downloading http://10.0.0.1/${"a".repeat(83)}…. Its address is not public.`,
    );
  });

  it("not whether a port of an allowed host is closed, speaks another language, or hangs up", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const { port } = closed.address() as { port: number };
    closed.close();
    await once(closed, "close");
    const ssh = await serveTcp((socket) => void socket.end("SSH-2.0-OpenSSH_9.6\r\n"));
    const mute = await serveTcp((socket) => void socket.destroy());
    const upgrade = await serveTcp(
      (socket) => void socket.write("HTTP/1.1 101 Hi\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"),
    );
    const ports = [port, ssh.port, mute.port, upgrade.port];
    const fetcher = createMediaFetcher(LOCAL);
    const reasons = await Promise.all(
      ports.map(async (port) => {
        const { message } = await refusal(fetcher(`http://127.0.0.1:${port}/`, PARAM, never()));
        return message.replace(/^.*\/\. /, "");
      }),
    );
    expect(new Set(reasons)).toEqual(new Set(["The server could not be reached or broke off."]));
  });

  it("not the port of a private host, which is refused before a connection", async () => {
    const server = await serve(png);
    const closed = await refusal(createMediaFetcher()("http://127.0.0.1:1/", PARAM, never()));
    const open = await refusal(createMediaFetcher()(server.url(), PARAM, never()));
    expect(closed.message.replace(":1/", "")).toBe(open.message.replace(`:${server.port}/`, ""));
  });

  it("but the operator learns what really happened", async () => {
    const { cause } = await refusal(createMediaFetcher(LOCAL)("http://127.0.0.1:1/", PARAM, never()));
    expect(cause).toMatchObject({ code: "ECONNREFUSED" });
  });
});

describe("a request carries nothing of ours", () => {
  it("no cookies, no credentials, no kept connection", async () => {
    const seen: Record<string, unknown>[] = [];
    const server = await serve((request, response) => {
      seen.push(request.headers);
      png(request, response);
    });
    await createMediaFetcher(LOCAL)(server.url(), PARAM, never());
    expect(seen).toEqual([
      {
        accept: "*/*",
        "accept-encoding": "identity",
        connection: "close",
        host: `127.0.0.1:${server.port}`,
        "user-agent": "bedrock-openai",
      },
    ]);
    await server.allClosed();
  });
});
