import { expect, it } from "vitest";
import { createMediaFetcher } from "../../../src/media/fetch-media.ts";
import { LOCAL, PARAM, deferred, never, png, refusal, resolver, serve, serveTcp } from "./media-server.ts";

const NOT_PUBLIC = /Its address is not public\.$/;
const pixels = { bytes: Buffer.from("pixels").toString("base64"), mediaType: "image/png" };

it("connects to the address that was checked, without asking again", async () => {
  const server = await serve(png);
  const lookup = resolver(["127.0.0.1"], ["10.0.0.1"]);
  const fetcher = createMediaFetcher(LOCAL, lookup);
  const media = await fetcher(`http://media.example.test:${server.port}/a.png?b=c#d`, PARAM, never());
  expect(media).toEqual(pixels);
  expect(lookup.asked).toEqual(["media.example.test"]);
  expect(server.requests).toEqual([`media.example.test:${server.port}/a.png?b=c`]);
});

it("checks the second answer when a redirect makes it ask again", async () => {
  const server = await serve((_, response) => response.writeHead(302, { location: "/again" }).end());
  const lookup = resolver(["127.0.0.1"], ["10.0.0.1"]);
  const url = `http://media.example.test:${server.port}/`;
  const error = await refusal(createMediaFetcher(LOCAL, lookup)(url, PARAM, never()));
  expect(error.message).toMatch(NOT_PUBLIC);
  expect(server.requests).toHaveLength(1);
});

it.each([
  ["the private one last", ["93.184.215.14", "10.0.0.1"]],
  ["the private one first", ["10.0.0.1", "93.184.215.14"]],
  ["the private one in IPv6", ["93.184.215.14", "2606:4700::1111", "::1"]],
])("refuses a name with a public and a private address: %s", async (_, addresses) => {
  const fetcher = createMediaFetcher({}, resolver(addresses));
  expect((await refusal(fetcher("http://a.example.test/", PARAM, never()))).message).toMatch(NOT_PUBLIC);
});

it("refuses a name with an allowed and a private address before it connects to either", async () => {
  const server = await serve(png);
  const fetcher = createMediaFetcher(LOCAL, resolver(["127.0.0.1", "10.0.0.1"]));
  const url = `http://media.example.test:${server.port}/`;
  expect((await refusal(fetcher(url, PARAM, never()))).message).toMatch(NOT_PUBLIC);
  expect(server.sockets).toEqual([]);
});

it("tries the next of several checked addresses when the first does not answer", async () => {
  const server = await serve(png);
  const fetcher = createMediaFetcher(
    { allowPrivate: ["127.0.0.0/8", "::1"] },
    resolver(["::1", "127.0.0.1"]),
  );
  expect(await fetcher(`http://media.example.test:${server.port}/`, PARAM, never())).toEqual(pixels);
});

it("a name without an address is like a server that cannot be reached", async () => {
  const error = await refusal(createMediaFetcher({}, resolver([]))("http://a.example.test/", PARAM, never()));
  expect(error.message).toMatch(/could not be reached or broke off\.$/);
});

it("holds https servers to the name of the URL, not to the address", async () => {
  const { promise: hello, resolve } = deferred<string>();
  const server = await serveTcp((socket) => {
    socket.once("data", (bytes) => {
      resolve(bytes.toString("latin1"));
      socket.destroy();
    });
  });
  const fetcher = createMediaFetcher(LOCAL, resolver(["127.0.0.1"]));
  const error = await refusal(fetcher(`https://media.example.test:${server.port}/`, PARAM, never()));
  expect(await hello).toContain("media.example.test");
  expect(error.message).toMatch(/could not be reached or broke off\.$/);
});
