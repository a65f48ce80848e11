import { describe, expect, it } from "vitest";
import { type CorsOptions, createCors } from "../../../src/gate/cors.ts";
import { createBedrockOpenAIHandler } from "../../../src/index.ts";

const APP = "https://app.example.com";

const preflight = (option: true | CorsOptions, headers: Record<string, string> = {}, origin = APP) =>
  createCors(option)!.preflight(
    new Request("http://x/v1/chat/completions", {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST", ...headers },
    }),
  )!;

const told = (option: true | CorsOptions, origin: string | undefined) => {
  const headers = new Headers();
  createCors(option)!.tell(
    new Request("http://x/", origin === undefined ? {} : { headers: { origin } }),
    headers,
  );
  return headers;
};

describe("a preflight", () => {
  it("lets OpenAI's own client through, with all that it sends", () => {
    const asked =
      "authorization,content-type,x-stainless-arch,x-stainless-lang,x-stainless-os,x-stainless-package-version," +
      "x-stainless-retry-count,x-stainless-runtime,x-stainless-runtime-version,x-stainless-timeout,openai-organization";
    const { status, headers } = preflight(true, { "access-control-request-headers": asked });
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("access-control-allow-headers")).toBe(asked.replaceAll(",", ", "));
    expect(headers.get("access-control-allow-methods")).toContain("POST");
    expect(headers.get("access-control-max-age")).toBe("600");
    expect(headers.has("access-control-allow-credentials")).toBe(false);
  });

  it.each([
    [
      "x-api-key, API-Key, X-Bedrock-Explain, anthropic-version",
      "x-api-key, api-key, x-bedrock-explain, anthropic-version",
    ],
    ["x-evil, cookie, authorization", "authorization"],
    ["x-stainless-, x-stainless", null],
    ["x-team", null],
    ["authorization\u00e9, x-bedrock-\u00ff", null],
    ["", null],
  ])("of %j allows %j", (asked, allowed) => {
    expect(
      preflight(true, { "access-control-request-headers": asked }).headers.get(
        "access-control-allow-headers",
      ),
    ).toBe(allowed);
  });

  it("allows headers of the app's own by name", () => {
    const { headers } = preflight(
      { headers: ["X-Team"] },
      { "access-control-request-headers": "x-team, x-other" },
    );
    expect(headers.get("access-control-allow-headers")).toBe("x-team");
  });

  it("tells a page that is not listed nothing", () => {
    for (const origin of [
      "https://evil.example",
      `${APP}.evil.example`,
      "null",
      `${APP}:8443`,
      "http://app.example.com",
    ]) {
      const { status, headers } = preflight({ origins: [APP] }, {}, origin);
      expect([status, [...headers.keys()].filter((name) => name.startsWith("access-control"))]).toEqual([
        204,
        [],
      ]);
      expect(headers.get("vary")).toContain("origin");
    }
  });

  it("of a page of the internet that reaches into a private network is refused, unless that is said", () => {
    const asked = { "access-control-request-private-network": "true" };
    expect(preflight({ origins: APP }, asked).headers.has("access-control-allow-origin")).toBe(false);
    const { headers } = preflight({ origins: APP, privateNetwork: true }, asked);
    expect(headers.get("access-control-allow-private-network")).toBe("true");
    expect(headers.get("access-control-allow-origin")).toBe(APP);
  });

  it("is none without an origin, and none without a method to be asked for", () => {
    const cors = createCors(true)!;
    const ask = (headers: Record<string, string>) =>
      cors.preflight(new Request("http://x/v1/models", { method: "OPTIONS", headers }));
    expect(ask({ "access-control-request-method": "POST" })).toBeUndefined();
    expect(ask({ origin: APP })).toBeUndefined();
  });
});

describe("an answer", () => {
  it("can be read by the pages that are listed, and is not handed to others by a cache", () => {
    const headers = told({ origins: ["https://other.example", APP] }, APP);
    expect([headers.get("access-control-allow-origin"), headers.get("vary")]).toEqual([APP, "origin"]);
    for (const name of [
      "x-request-id",
      "x-bedrock-adjustments",
      "retry-after",
      "x-ratelimit-remaining-tokens",
    ])
      expect(headers.get("access-control-expose-headers")).toContain(name);
    for (const other of ["https://evil.example", undefined])
      expect([...told({ origins: APP }, other)]).toEqual([["vary", "origin"]]);
  });

  it("can be read by every page where any may call", () => {
    expect(told(true, APP).get("access-control-allow-origin")).toBe("*");
    expect(told({}, "null").get("access-control-allow-origin")).toBe("*");
  });

  it("says nothing of browsers where none is meant", () => {
    expect([createCors(undefined), createCors(false)]).toEqual([undefined, undefined]);
  });
});

describe("the option cors", () => {
  it.each([
    { origins: "https://app.example.com/" },
    { origins: ["https://app.example.com/path"] },
    { origins: "https://APP.example.com" },
    { origins: "https://app.example.com:443" },
    { origins: "https://*.example.com" },
    { origins: "app.example.com" },
    { origins: "null" },
    { origins: [] },
    { origins: [undefined as unknown as string] },
    { headers: ["x team"] },
    { maxAge: -1 },
    { maxAge: Number.NaN },
  ])("that no browser would ever match is refused at the start: %j", (cors) => {
    expect(() => createBedrockOpenAIHandler({ cors })).toThrow(/'cors\.(origins|headers|maxAge)' must/);
  });

  it.each([
    true,
    false,
    {},
    { origins: "*" },
    { origins: [APP, "http://localhost:5173", "vscode-webview://1a2b"] },
  ])("may be %j", (cors) => {
    expect(createBedrockOpenAIHandler({ cors })).toBeTypeOf("function");
  });
});
