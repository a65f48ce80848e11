import { describe, expect, it } from "vitest";
import { mayReach } from "../../../src/media/allow-private.ts";
import { createMediaFetcher } from "../../../src/media/fetch-media.ts";
import { LOCAL, PARAM, never, png, refusal, resolver, serve } from "./media-server.ts";

const NOT_PUBLIC = /Its address is not public\.$/;

describe("our own host cannot be reached by any spelling of its address", () => {
  it.each([
    ["dotted", "127.0.0.1"],
    ["with a root dot", "127.0.0.1."],
    ["short", "127.1"],
    ["three parts", "127.0.1"],
    ["decimal", "2130706433"],
    ["hexadecimal", "0x7f000001"],
    ["hexadecimal parts", "0x7f.0x0.0x0.0x1"],
    ["octal", "017700000001"],
    ["octal parts", "0177.0.0.01"],
    ["percent encoded", "%31%32%37.0.0.1"],
    ["full width digits", "\uff11\uff12\uff17.\uff10.\uff10.\uff11"],
    ["circled digits", "①②⑦.⓪.⓪.①"],
    ["ideographic full stops", "127。0。0。1"],
    ["IPv4-mapped", "[::ffff:127.0.0.1]"],
    ["IPv4-mapped, hexadecimal", "[::ffff:7f00:1]"],
    ["IPv4-mapped, in full", "[0:0:0:0:0:FFFF:7F00:0001]"],
    ["unspecified", "0.0.0.0"],
    ["unspecified, as a number", "0"],
    ["this network", "0.0.0.1"],
    ["IPv6", "[::1]"],
    ["IPv6 unspecified", "[::]"],
    ["a name", "localhost"],
    ["a name with a root dot", "localhost."],
    ["a name in capitals", "LOCALHOST"],
  ])("%s", async (_, host) => {
    const server = await serve(png);
    const lookup = host.toLowerCase().startsWith("localhost") ? { lookup: resolver(["127.0.0.1"]) } : {};
    const fetcher = createMediaFetcher({}, lookup.lookup);
    const error = await refusal(fetcher(`http://${host}:${server.port}/`, PARAM, never()));
    expect(error.message).toMatch(NOT_PUBLIC);
    expect(error).toMatchObject({ status: 400, type: "invalid_request_error", code: "invalid_image_url" });
    expect(server.sockets).toEqual([]);
  });

  it("nor by what the system itself calls localhost", async () => {
    const server = await serve(png);
    const error = await refusal(createMediaFetcher()(`http://localhost:${server.port}/`, PARAM, never()));
    expect(error.message).toMatch(NOT_PUBLIC);
    expect(server.sockets).toEqual([]);
  });
});

describe("the metadata services of clouds stay closed", () => {
  const METADATA = [
    "169.254.169.254",
    "169.254.170.2",
    "169.254.170.23",
    "fd00:ec2::254",
    "fd00:ec2::23",
    "fd20:ce::254",
    "168.63.129.16",
    "100.100.100.200",
    "192.0.0.192",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
  ];
  const EVERYTHING = ["0.0.0.0/0", "::/0", "169.254.169.254", "fd00:ec2::254", "metadata.example.com"];

  it.each(METADATA)("%s, whatever is allowed", async (address) => {
    expect(mayReach("metadata.example.com", address, EVERYTHING)).toBe(false);
    const url = `http://${address.includes(":") ? `[${address}]` : address}/latest/meta-data/`;
    const error = await refusal(createMediaFetcher({ allowPrivate: EVERYTHING })(url, PARAM, never()));
    expect(error.message).toMatch(NOT_PUBLIC);
  });

  it("by a decimal spelling, and by a name", async () => {
    const fetcher = createMediaFetcher({}, resolver(["169.254.169.254"]));
    expect((await refusal(fetcher("http://2852039166/", PARAM, never()))).message).toMatch(NOT_PUBLIC);
    expect((await refusal(fetcher("http://a.example/", PARAM, never()))).message).toMatch(NOT_PUBLIC);
  });
});

/** First and last address of what IANA's registries call special, and whether its neighbours are public. */
const BLOCKS: [name: string, first: string, last: string, before: string | null, after: string | null][] = [
  ["0.0.0.0/8", "0.0.0.0", "0.255.255.255", null, "1.0.0.0"],
  ["10.0.0.0/8", "10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"],
  ["100.64.0.0/10", "100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"],
  ["127.0.0.0/8", "127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"],
  ["169.254.0.0/16", "169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0"],
  ["172.16.0.0/12", "172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"],
  ["192.0.0.0/24", "192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0"],
  ["192.0.2.0/24", "192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"],
  ["192.31.196.0/24", "192.31.196.0", "192.31.196.255", "192.31.195.255", "192.31.197.0"],
  ["192.52.193.0/24", "192.52.193.0", "192.52.193.255", "192.52.192.255", "192.52.194.0"],
  ["192.88.99.0/24", "192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0"],
  ["192.168.0.0/16", "192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"],
  ["192.175.48.0/24", "192.175.48.0", "192.175.48.255", "192.175.47.255", "192.175.49.0"],
  ["198.18.0.0/15", "198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0"],
  ["198.51.100.0/24", "198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0"],
  ["203.0.113.0/24", "203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0"],
  ["multicast and reserved", "224.0.0.0", "255.255.255.255", "223.255.255.255", null],
  ["unspecified and loopback", "::", "::1", null, null],
  ["IPv4-compatible", "::8.8.8.8", "::ffff:ffff", null, null],
  ["mapped private", "::ffff:10.0.0.0", "::ffff:10.255.255.255", "::ffff:9.255.255.255", "::ffff:11.0.0.0"],
  ["translated (RFC 2765)", "::ffff:0:0:0", "::ffff:0:8.8.8.8", null, null],
  ["NAT64 to private", "64:ff9b::10.0.0.0", "64:ff9b::aff:ffff", "64:ff9b::9.255.255.255", "64:ff9b::b00:0"],
  ["NAT64 to loopback", "64:ff9b::127.0.0.1", "64:ff9b::7fff:ffff", null, "64:ff9b::8000:0"],
  ["64:ff9b:1::/48", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:8.8.8.8", null, null],
  ["discard and dummy", "100::", "100:0:0:1:ffff:ffff:ffff:ffff", null, null],
  ["2001::/23, Teredo first", "2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", null, "2001:200::"],
  ["Teredo", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", null, null],
  ["ORCHID", "2001:10::", "2001:3f:ffff:ffff:ffff:ffff:ffff:ffff", null, null],
  ["2001:db8::/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7::", "2001:db9::"],
  ["6to4", "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:ffff::", "2003::"],
  ["6to4 of a public address", "2002:808:808::1", "2002:808:808::1", null, null],
  ["2620:4f:8000::/48", "2620:4f:8000::", "2620:4f:8000:ffff::", "2620:4f:7fff::", "2620:4f:8001::"],
  ["3fff::/20", "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "3ffe::", "3fff:1000::"],
  ["ISATAP", "2a00::5efe:10.0.0.1", "2a00::200:5efe:8.8.8.8", null, null],
  ["not assigned", "4000::", "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null, null],
  ["segment routing", "5f00::", "5f00:ffff::", null, null],
  ["unique local", "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null, null],
  ["reserved", "fe00::", "fe7f:ffff::", null, null],
  ["link-local", "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null, null],
  ["site-local", "fec0::", "feff:ffff::", null, null],
  ["multicast", "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null, null],
];

describe("a name that resolves to a special address is refused", () => {
  it.each(BLOCKS)("%s", async (_, first, last, before, after) => {
    for (const address of [first, last]) {
      const fetcher = createMediaFetcher({}, resolver([address]));
      expect((await refusal(fetcher("https://a.example/", PARAM, never()))).message, address).toMatch(
        NOT_PUBLIC,
      );
    }
    for (const neighbour of [before, after].filter((address) => address !== null)) {
      expect(mayReach("a.example", neighbour, []), neighbour).toBe(true);
    }
  });

  it.each(["fe80::1%eth0", "2606:4700::1111%lo", "", "not-an-address", "127.1", "0177.0.0.1"])(
    "an answer like '%s' is none to connect to",
    (address) => expect(mayReach("a.example", address, [])).toBe(false),
  );
});

it.each(["8.8.8.8", "1.1.1.1", "52.216.0.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])(
  "a public address is not mistaken for a private one: %s",
  (address) => expect(mayReach("a.example", address, [])).toBe(true),
);

describe("what an operator allows is that and no more", () => {
  it.each([
    ["an address", "127.0.0.1", "http://127.0.0.1", true],
    ["a block", "127.0.0.0/8", "http://127.0.0.1", true],
    ["a block, by a name inside it", "127.0.0.0/8", "http://media.example.com", true],
    ["a name", "media.example.com", "http://media.example.com", true],
    ["a name in other letters", "Media.Example.com", "http://MEDIA.example.COM.", true],
    ["all below a name", "*.example.com", "http://media.example.com", true],
    ["another block", "10.0.0.0/8", "http://127.0.0.1", false],
    ["a name, for its bare address", "media.example.com", "http://127.0.0.1", false],
    ["a name, for another", "media.example.com", "http://evil.example.com", false],
    ["a name, for one below it", "example.com", "http://media.example.com", false],
    ["all below a name, for the name itself", "*.media.example.com", "http://media.example.com", false],
    ["all below a name, for one that ends alike", "*.ample.com", "http://media.example.com", false],
  ])("%s", async (_, entry, origin, allowed) => {
    const server = await serve(png);
    const fetcher = createMediaFetcher({ allowPrivate: [entry] }, resolver(["127.0.0.1"]));
    const outcome = fetcher(`${origin}:${server.port}/a.png`, PARAM, never()).then(
      () => true,
      (error: Error) => !NOT_PUBLIC.test(error.message),
    );
    expect(await outcome).toBe(allowed);
    expect(server.requests).toHaveLength(allowed ? 1 : 0);
  });

  it("a name opens private addresses, not link-local, multicast or unspecified ones", () => {
    const open = (address: string) => mayReach("media.example.com", address, ["media.example.com"]);
    expect(["10.0.0.1", "192.168.1.1", "100.64.0.1", "fd12::1", "::1"].map(open)).toEqual(
      Array(5).fill(true),
    );
    expect(["169.254.1.1", "224.0.0.1", "0.0.0.0", "::", "fe80::1", "255.255.255.255"].map(open)).toEqual(
      Array(6).fill(false),
    );
  });

  it("an allowed address does not open the one beside it", async () => {
    const error = await refusal(createMediaFetcher(LOCAL)("http://127.0.0.2/", PARAM, never()));
    expect(error.message).toMatch(NOT_PUBLIC);
  });
});
