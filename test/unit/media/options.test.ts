import { describe, expect, it } from "vitest";
import { createMediaFetcher, type MediaOptions } from "../../../src/media/fetch-media.ts";

const make = (options: Record<string, unknown>) => () => createMediaFetcher(options as MediaOptions);

describe("an option that would silently be no bound is refused", () => {
  const NUMBERS = [0, -1, Number.NaN, Number.POSITIVE_INFINITY, "15", null];
  it.each(NUMBERS.flatMap((value) => [["maxBytes", value] as const, ["timeout", value] as const]))(
    "%s: %o",
    (name, value) => {
      expect(make({ [name]: value })).toThrow(TypeError);
      expect(make({ [name]: value })).toThrow(`'media.${name}' must be a positive number`);
    },
  );

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "3", null])("maxRedirects: %o", (maxRedirects) => {
    expect(make({ maxRedirects })).toThrow(/'media\.maxRedirects' must be a whole number/);
  });

  it.each(["yes", 1, null, {}])("fetch: %o", (fetch) => {
    expect(make({ fetch })).toThrow(/'media\.fetch' must be/);
  });
});

describe("an entry that would allow nothing, or not what it seems to, is refused", () => {
  it.each([
    "",
    "*",
    "*.",
    ".example.com",
    "example.com.",
    "http://example.com",
    "example.com:80",
    "example.com/path",
    "exa mple.com",
    "med*.example.com",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "10.0/16",
    "10.1",
    "1.2.3.256",
    "0x7f.1",
    "127.0.0.0x1",
    "fd00::/129",
    "[::1]",
    "fe80::1%eth0",
    null,
    10,
  ])("%o", (entry) => {
    expect(make({ allowPrivate: [entry] })).toThrow(/'media\.allowPrivate' must list/);
  });

  it("a text instead of a list, too", () => {
    expect(make({ allowPrivate: "10.0.0.0/8" })).toThrow(/'media\.allowPrivate' must list/);
  });

  it.each([
    "media",
    "media.example.com",
    "*.example.com",
    "my_host.internal",
    "xn--bcher-kva.example",
    "10.0.0.0/8",
    "10.1.2.3/8",
    "127.0.0.1",
    "::1",
    "fd00::/8",
    "0.0.0.0/0",
  ])("%s is fine", (entry) => {
    expect(make({ allowPrivate: [entry] })).not.toThrow();
  });
});
