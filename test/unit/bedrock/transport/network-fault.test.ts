import { describe, expect, it } from "vitest";
import { type BedrockOpenAIOptions, createBedrockOpenAIHandler } from "../../../../src/index.ts";

const made = (options: object) => () => createBedrockOpenAIHandler(options as BedrockOpenAIOptions);

describe("where AWS is called and how is looked at when the handler is made", () => {
  it.each([
    [{ endpoint: "bedrock.internal" }, "'endpoint' must be an http(s) URL"],
    [{ endpoint: "" }, "'endpoint' must be an http(s) URL"],
    [{ endpoint: "ftp://bedrock.internal" }, "'endpoint' must be an http(s) URL"],
    [{ endpoint: "https://bedrock.internal\n" }, "'endpoint' must be an http(s) URL"],
    [{ endpoint: { runtime: 5 } }, "'endpoint.runtime' must be an http(s) URL"],
    [{ endpoint: { runtme: "https://a" } }, "'endpoint' has no 'runtme'; known are runtime, control"],
    [{ endpoint: 5 }, "'endpoint' must be a URL, or an object of URLs"],
    [{ endpoint: "https://ann:secret@a" }, "'endpoint' must hold no user and no password"],
    [{ endpoint: { mantle: "https://a/v1?b=c" } }, "'endpoint.mantle' must end with its path"],
    [{ proxy: "socks5://a:1" }, "'proxy' must be the URL of an HTTP proxy"],
    [{ proxy: "" }, "'proxy' must be the URL of an HTTP proxy"],
    [{ proxy: true }, "'proxy' must be the URL of an HTTP proxy"],
    [{ fips: "true" }, "'fips' must be true or false"],
    [{ dualStack: 1 }, "'dualStack' must be true or false"],
    [{ http2: "true" }, "'http2' must be true or false"],
    [{ headers: { "x team": "a" } }, "'headers' holds no valid header at 'x team'"],
    [{ headers: { "x-team": "a\r\nb: c" } }, "'headers' holds no valid header at 'x-team'"],
    [{ headers: { "x-team": undefined } }, "'headers' holds no valid header at 'x-team'"],
    [{ headers: { Host: "a" } }, "'headers' cannot set 'Host'"],
    [{ headers: ["a"] }, "'headers' must be an object of names and texts"],
  ])("%o makes none", (options, words) => {
    expect(made(options)).toThrow(TypeError);
    expect(made(options)).toThrow(words);
    expect(made(options)).not.toThrow(/secret/);
  });

  it.each([
    { endpoint: "https://vpce-0123456789abcdef0-abcdefgh.bedrock-runtime.us-east-1.vpce.amazonaws.com" },
    { endpoint: "http://localhost:4566/" },
    { endpoint: { runtime: "https://gateway.internal/aws/bedrock", mantle: undefined } },
    { proxy: "proxy.internal:3128" },
    { proxy: "http://ann:secret@proxy.internal:3128" },
    { proxy: false },
    { fips: true, dualStack: false, http2: true },
    { headers: { "X-Team": "search" } },
  ])("%o makes one", (options) => expect(made(options)).not.toThrow());
});
