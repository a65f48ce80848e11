import { describe, expect, it } from "vitest";
import { createMediaFetcher } from "../../../src/media/fetch-media.ts";
import { nextHop } from "../../../src/media/next-hop.ts";
import { LOCAL, PARAM, never, png, refusal, resolver, serve } from "./media-server.ts";

const redirectTo = (location: string, status = 302) =>
  serve((_, response) => response.writeHead(status, { location }).end("moved"));

describe("a redirect does not lead where the URL itself could not", () => {
  it.each([
    ["to metadata", "http://169.254.169.254/latest/meta-data/", "Its address is not public."],
    ["to a private address", "http://10.0.0.1/", "Its address is not public."],
    ["to another spelling of our host", "http://0x7f000002/", "Its address is not public."],
    ["to IPv6 loopback", "http://[::1]/", "Its address is not public."],
    ["to a file", "file:///etc/passwd", "Only http and https URLs are supported."],
    ["to data", "data:image/png;base64,AAAA", "Only http and https URLs are supported."],
    ["to gopher", "gopher://127.0.0.1:6379/_INFO", "Only http and https URLs are supported."],
    ["with credentials", "http://user:secret@127.0.0.1/", "A URL must not contain credentials."],
    ["to nowhere", "http://[", "It is not a valid URL."],
  ])("%s", async (_, location, reason) => {
    const server = await redirectTo(location);
    const error = await refusal(createMediaFetcher(LOCAL)(server.url("/a"), PARAM, never()));
    // The caller's own URL, and nothing of where it led.
    expect(error.message).toBe(`Error while downloading ${server.url("/a")}. ${reason}`);
    await server.allClosed();
  });

  it("from https down to http", () => {
    const from = new URL("https://a.example/x");
    expect(() => nextHop(from, 301, "http://a.example/x")).toThrow("from https to http");
    expect(() => nextHop(from, 301, "HTTP://A.example/x")).toThrow("from https to http");
    expect(nextHop(from, 301, "//b.example/y")?.href).toBe("https://b.example/y");
    expect(nextHop(new URL("http://a.example/"), 301, "https://a.example/")?.href).toBe("https://a.example/");
  });

  it("by a name that only now resolves to a private address", async () => {
    const server = await redirectTo("http://inside.example.test/");
    const lookup = resolver(["192.168.0.1"]);
    const error = await refusal(createMediaFetcher(LOCAL, lookup)(server.url(), PARAM, never()));
    expect(error.message).toMatch(/not public/);
    expect(lookup.asked).toEqual(["inside.example.test"]);
  });
});

describe("redirects end", () => {
  it("a loop after three hops", async () => {
    const server = await redirectTo("/loop");
    const error = await refusal(createMediaFetcher(LOCAL)(server.url("/loop"), PARAM, never()));
    expect(error.message).toMatch(/Too many redirects: at most 3 are followed\.$/);
    expect(server.requests).toHaveLength(4);
    await server.allClosed();
  });

  it("and so does the connection of each, though its body does not", async () => {
    const server = await serve((request, response) => {
      if (request.url === "/a") {
        response.writeHead(302, { location: "/b" }).write("never ends");
        return;
      }
      const [first] = server.sockets;
      if (first!.closed) png(request, response);
      else first!.once("close", () => png(request, response));
    });
    const media = await createMediaFetcher({ ...LOCAL, timeout: 2_000 })(server.url("/a"), PARAM, never());
    expect(media.mediaType).toBe("image/png");
  });

  it("at once where none is allowed", async () => {
    const server = await redirectTo("/b");
    const error = await refusal(
      createMediaFetcher({ ...LOCAL, maxRedirects: 0 })(server.url("/a"), PARAM, never()),
    );
    expect(error.message).toMatch(/Too many redirects/);
    expect(server.requests).toHaveLength(1);
  });

  it("the deadline holds over all hops together", async () => {
    const server = await serve((_, response) => {
      setTimeout(() => response.writeHead(302, { location: "/" }).end(), 60);
    });
    const fetcher = createMediaFetcher({ ...LOCAL, maxRedirects: 1_000, timeout: 300 });
    expect((await refusal(fetcher(server.url(), PARAM, never()))).message).toMatch(/timed out after 300 ms/);
  });
});

describe("a redirect that leads somewhere is followed", () => {
  it.each([301, 302, 303, 307, 308])("%i", async (status) => {
    const server = await serve((request, response) =>
      request.url === "/a"
        ? response.writeHead(status, { location: "b?c=1" }).end("moved")
        : png(request, response),
    );
    const media = await createMediaFetcher(LOCAL)(server.url("/a"), PARAM, never());
    expect(Buffer.from(media.bytes, "base64").toString()).toBe("pixels");
    expect(server.requests[1]).toBe(`127.0.0.1:${server.port}/b?c=1`);
  });

  it.each([
    ["without a location", 302, {}],
    ["with a status that is none", 304, { location: "/b" }],
  ])("but not one %s", async (_, status, headers) => {
    const server = await serve((_, response) => response.writeHead(status, headers).end());
    const error = await refusal(createMediaFetcher(LOCAL)(server.url(), PARAM, never()));
    expect(error.message).toMatch(new RegExp(`answered with status ${status}\\.$`));
  });
});
