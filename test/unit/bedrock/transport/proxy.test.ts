import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createProxyFor } from "../../../../src/bedrock/transport/proxy.ts";

const NAMES = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"].flatMap((name) => [
  name,
  name.toLowerCase(),
]);
beforeEach(() => {
  for (const name of NAMES) vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

const AWS = { protocol: "https:", hostname: "bedrock-runtime.us-east-1.amazonaws.com" };

const found = async (
  env: Record<string, string>,
  option?: string | false,
  origin = AWS,
): Promise<string | undefined> => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return (await createProxyFor(option)(origin))?.href;
};

describe("the proxy of a request", () => {
  it.each([
    [{}, undefined],
    [{ HTTPS_PROXY: "http://a:1" }, "http://a:1/"],
    [{ https_proxy: "http://a:1", HTTPS_PROXY: "http://b:1" }, "http://a:1/"],
    [{ https_proxy: "", HTTPS_PROXY: "http://b:1" }, "http://b:1/"],
    [{ ALL_PROXY: "http://a:1" }, "http://a:1/"],
    [{ HTTPS_PROXY: "http://a:1", ALL_PROXY: "http://b:1" }, "http://a:1/"],
    [{ HTTP_PROXY: "http://a:1" }, undefined],
    [{ HTTPS_PROXY: "a:3128" }, "http://a:3128/"],
    [{ HTTPS_PROXY: "ann:pw@a:3128" }, "http://ann:pw@a:3128/"],
    [{ HTTPS_PROXY: "https://a" }, "https://a/"],
    [{ HTTPS_PROXY: "http://a:1", NO_PROXY: ".amazonaws.com" }, undefined],
    [{ HTTPS_PROXY: "http://a:1", no_proxy: "*" }, undefined],
    [{ HTTPS_PROXY: "http://a:1", NO_PROXY: "example.com" }, "http://a:1/"],
  ])("is that of the environment: %o", async (env, proxy) => expect(await found(env)).toBe(proxy));

  it("goes by the scheme of the request", async () => {
    const plain = { protocol: "http:", hostname: "gateway.internal", port: 8080 };
    expect(await found({ HTTPS_PROXY: "http://a:1", HTTP_PROXY: "http://b:1" }, undefined, plain)).toBe(
      "http://b:1/",
    );
  });

  it.each([
    [{ HTTPS_PROXY: "http://a:1" }, "http://b:1", "http://b:1/"],
    [{ NO_PROXY: "*" }, "http://b:1", "http://b:1/"],
    [{ HTTPS_PROXY: "http://a:1" }, false as const, undefined],
  ])("is otherwise the operator's, whatever lies in the environment: %o, %s", async (env, option, proxy) =>
    expect(await found(env, option)).toBe(proxy),
  );

  it.each(["socks5://a:1", "http://", "http://a:port", "::"])("must be one: '%s'", (text) =>
    expect(found({ HTTPS_PROXY: text })).rejects.toThrow(/^HTTPS_PROXY is no URL of an HTTP proxy/),
  );

  it("of an address on the machine's own link is none, even where it is named", async () =>
    expect(
      await found({}, "http://b:1", { protocol: "http:", hostname: "169.254.169.254" }),
    ).toBeUndefined());
});
