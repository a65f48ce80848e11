import { once } from "node:events";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createMediaFetcher } from "../../../src/media/fetch-media.ts";
import { LOCAL, PARAM, deferred, never, png, refusal, resolver, serve, serveTcp } from "./media-server.ts";

const TOO_LARGE = /The file is too large: at most 1000 bytes are accepted\.$/;
const small = createMediaFetcher({ ...LOCAL, maxBytes: 1000 });
const quick = createMediaFetcher({ ...LOCAL, timeout: 200 });

describe("a download is bounded in size", () => {
  it("one that announces too much is refused before its body", async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { "content-length": 10 ** 12 }).flushHeaders();
    });
    expect((await refusal(small(server.url(), PARAM, never()))).message).toMatch(TOO_LARGE);
    await server.allClosed();
  });

  it("one that never ends is cut off", async () => {
    const server = await serve((_, response) => {
      const more = (): void => {
        while (!response.closed && response.write("x".repeat(100)));
      };
      response.on("drain", more);
      more();
    });
    expect((await refusal(small(server.url(), PARAM, never()))).message).toMatch(TOO_LARGE);
    await server.allClosed();
  });

  it("one byte more is too much, and the bound itself is not", async () => {
    const server = await serve(
      (request, response) => void response.end("x".repeat(Number(request.url!.slice(1)))),
    );
    expect((await refusal(small(server.url("/1001"), PARAM, never()))).message).toMatch(TOO_LARGE);
    const { bytes } = await small(server.url("/1000"), PARAM, never());
    expect(Buffer.from(bytes, "base64").toString()).toBe("x".repeat(1000));
  });

  it("what decompresses is not accepted at all", async () => {
    const bomb = gzipSync(Buffer.alloc(1_000_000));
    const server = await serve((_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
    );
    const error = await refusal(createMediaFetcher(LOCAL)(server.url(), PARAM, never()));
    expect(error.message).toMatch(/compressed its answer/);
    await server.allClosed();
  });

  it("'identity' is no compression", async () => {
    const server = await serve((_, response) =>
      response.writeHead(200, { "content-encoding": "Identity" }).end("pixels"),
    );
    expect((await small(server.url(), PARAM, never())).bytes).toBe("cGl4ZWxz");
  });

  it("a body in many small pieces arrives whole", async () => {
    const server = await serve(async (_, response) => {
      for (let piece = 0; piece < 3_000; piece += 1) response.write(`${piece},`);
      response.end();
    });
    const { bytes } = await createMediaFetcher(LOCAL)(server.url(), PARAM, never());
    expect(Buffer.from(bytes, "base64").toString()).toBe(
      `${Array.from({ length: 3_000 }, (_, n) => n).join(",")},`,
    );
  });

  it("a megabyte arrives byte for byte", async () => {
    const sent = Buffer.from(Array.from({ length: 1_000_003 }, (_, n) => (n * 31 + (n >> 8)) & 0xff));
    const server = await serve((_, response) => void response.end(sent));
    const { bytes } = await createMediaFetcher(LOCAL)(server.url(), PARAM, never());
    expect(Buffer.from(bytes, "base64").equals(sent)).toBe(true);
  });
});

describe("a download is bounded in time", () => {
  const TIMED_OUT = /The download timed out after 200 ms\.$/;

  it("where the server never answers", async () => {
    const server = await serve(() => undefined);
    expect((await refusal(quick(server.url(), PARAM, never()))).message).toMatch(TIMED_OUT);
    await server.allClosed();
  });

  it("where the server never speaks", async () => {
    const server = await serveTcp(() => undefined);
    expect((await refusal(quick(server.url(), PARAM, never()))).message).toMatch(TIMED_OUT);
    await server.allClosed();
  });

  it("where TLS is never agreed on", async () => {
    const server = await serveTcp(() => undefined);
    const url = server.url().replace("http:", "https:");
    expect((await refusal(quick(url, PARAM, never()))).message).toMatch(TIMED_OUT);
    await server.allClosed();
  });

  it("where head or body drip, however steadily", async () => {
    const head = await serveTcp((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      const drip = setInterval(() => socket.write("x: y\r\n"), 20);
      socket.on("close", () => clearInterval(drip));
    });
    const body = await serve((_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(drip));
    });
    for (const server of [head, body]) {
      expect((await refusal(quick(server.url(), PARAM, never()))).message).toMatch(TIMED_OUT);
      await server.allClosed();
    }
  });

  it("where the name is never resolved", async () => {
    const fetcher = createMediaFetcher({ timeout: 200 }, () => new Promise(() => undefined));
    expect((await refusal(fetcher("http://a.example.test/", PARAM, never()))).message).toMatch(TIMED_OUT);
  });

  it("where the name is resolved too late: nobody is called any more", async () => {
    const server = await serve(png);
    const { promise, resolve } = deferred<{ address: string; family: number }[]>();
    const fetcher = createMediaFetcher({ ...LOCAL, timeout: 50 }, () => promise);
    await refusal(fetcher(`http://a.example.test:${server.port}/`, PARAM, never()));
    resolve([{ address: "127.0.0.1", family: 4 }]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.sockets).toEqual([]);
  });

  it("a bound longer than timers can wait is no bound of a millisecond", async () => {
    const server = await serve((request, response) => void setTimeout(png, 30, request, response));
    const fetcher = createMediaFetcher({ ...LOCAL, timeout: 2 ** 40 });
    expect((await fetcher(server.url(), PARAM, never())).mediaType).toBe("image/png");
  });
});

describe("a caller that leaves takes the connection along", () => {
  it.each([
    ["before an answer", () => undefined],
    ["amid a body", (_: unknown, response: { write(text: string): void }) => void response.write("x")],
  ])("%s", async (_, answer) => {
    const asked = deferred<void>();
    const server = await serve((request, response) => {
      answer(request, response);
      setTimeout(asked.resolve, 30);
    });
    const caller = new AbortController();
    const work = refusal(createMediaFetcher(LOCAL)(server.url(), PARAM, caller.signal));
    await asked.promise;
    const reason = new Error("gone");
    caller.abort(reason);
    expect(await work).toBe(reason);
    await server.allClosed();
  });

  it("amid a look-up", async () => {
    const caller = new AbortController();
    const fetcher = createMediaFetcher({}, () => new Promise(() => undefined));
    const work = refusal(fetcher("http://a.example.test/", PARAM, caller.signal));
    caller.abort("gone");
    expect(await work).toBe("gone");
  });

  it("before it began: nobody is asked at all", async () => {
    const lookup = resolver(["127.0.0.1"]);
    await expect(
      createMediaFetcher({}, lookup)("http://a.example.test/", PARAM, AbortSignal.abort("gone")),
    ).rejects.toBe("gone");
    expect(lookup.asked).toEqual([]);
  });
});

describe("an answer that is no file is an error", () => {
  it.each([204, 206, 400, 401, 404, 410, 500, 503])("status %i", async (status) => {
    const server = await serve((_, response) =>
      response.writeHead(status).end(status === 204 ? "" : "secret"),
    );
    const error = await refusal(createMediaFetcher(LOCAL)(server.url("/a"), PARAM, never()));
    expect(error.message).toBe(
      `Error while downloading ${server.url("/a")}. The server answered with status ${status}.`,
    );
    await server.allClosed();
  });

  it.each([{ "content-length": 0 }, {}])("an empty body: %o", async (headers) => {
    const server = await serve((_, response) => response.writeHead(200, headers).end());
    const error = await refusal(createMediaFetcher(LOCAL)(server.url(), PARAM, never()));
    expect(error.message).toMatch(/empty file\.$/);
  });

  it("a body that breaks off is not taken for the whole", async () => {
    const server = await serve(async (_, response) => {
      response.writeHead(200, { "content-length": 100 }).write("half");
      await once(response.socket!, "drain").catch(() => undefined);
    });
    const work = refusal(createMediaFetcher(LOCAL)(server.url(), PARAM, never()));
    await expect.poll(() => server.requests.length).toBe(1);
    server.sockets[0]!.end();
    expect((await work).message).toMatch(/could not be reached or broke off\.$/);
  });
});

describe("the media type is what the server says, in one spelling", () => {
  it.each([
    ["image/png", "image/png"],
    ["Image/JPEG; charset=binary", "image/jpeg"],
    ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", null],
    ["image/svg+xml", null],
    ["text/html; charset=utf-8", "text/html"],
    ["", ""],
    ["png", ""],
    ["<script>/x", ""],
  ])("%s", async (sent, told) => {
    const server = await serve((_, response) => response.writeHead(200, { "content-type": sent }).end("x"));
    expect((await createMediaFetcher(LOCAL)(server.url(), PARAM, never())).mediaType).toBe(told ?? sent);
  });

  it("'' where it says none", async () => {
    const server = await serve((_, response) => void response.end("x"));
    expect((await createMediaFetcher(LOCAL)(server.url(), PARAM, never())).mediaType).toBe("");
  });
});
