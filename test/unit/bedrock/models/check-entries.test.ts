import { describe, expect, it } from "vitest";
import { createBedrockOpenAIHandler } from "../../../../src/index.ts";
import { checkEntries } from "../../../../src/bedrock/models/check-entries.ts";
import type { ModelAliases } from "../../../../src/bedrock/models/aliases.ts";

describe("an entry of `models` that leads nowhere is refused at the start", () => {
  it.each<[string, unknown, RegExp]>([
    ["a surface that is none", { surface: "invok" }, /'surface' must be 'converse'/],
    ["a Region that is none", { region: "evil.com/" }, /'region' must be an AWS Region/],
    ["a Region that is a host", { region: "us-east-1.evil.com" }, /'region' must be an AWS Region/],
    ["a misspelt member", { modelID: "x" }, /there is no 'modelID'; known are model, modelId/],
    ["a member of every object's", { constructor: "x" }, /there is no 'constructor'/],
    ["a URL that is none", { url: "localhost:8080" }, /'url' must be an http\(s\) URL/],
    ["a file", { url: "file:///etc/passwd" }, /'url' must be an http\(s\) URL/],
    ["a server of the user's own without a URL", { surface: "converse-like" }, /needs a 'url'/],
    ["a header that is none", { headers: { "x a": "1" } }, /'headers' must be/],
    ["a header with two lines", { headers: { a: "1\nb: 2" } }, /'headers' must be/],
    ["a header of the transport", { headers: { "Transfer-Encoding": "chunked" } }, /'headers' must be/],
    ["an empty model", "", /'model' must be a model string/],
    ["nothing", null, /must be a model string or an object/],
    ["credentials without a secret", { credentials: { accessKeyId: "a" } }, /'credentials' must be AWS cred/],
    ["credentials that nobody set", { credentials: undefined }, /'credentials' is undefined/],
    ["an API key that nobody set", { apiKey: undefined }, /'apiKey' is undefined/],
    ["an empty profile", { profile: "" }, /'profile' must be the name of a profile/],
    ["an endpoint that is none", { endpoint: "localhost" }, /'endpoint' must be an http\(s\) URL/],
    [
      "an endpoint of no host",
      { endpoint: { rutime: "https://a.b" } },
      /'endpoint' must be an http\(s\) URL/,
    ],
    ["two who call", { profile: "a", apiKey: "b" }, /'profile' and 'apiKey' exclude each other/],
    ["AWS's access to the user's own server", { url: "http://a.b", profile: "a" }, /'profile' is AWS's/],
    ["defaults that are a list", { defaults: [] }, /'defaults' must be an object/],
  ])("%s", (_, entry, complaint) => {
    const models = { mine: entry } as ModelAliases;
    expect(() => checkEntries(models)).toThrow(complaint);
    expect(() => createBedrockOpenAIHandler({ models: models as Record<string, string> })).toThrow(TypeError);
  });

  it("and a Region of the options that is none", () => {
    expect(() => createBedrockOpenAIHandler({ region: "evil" })).toThrow(/'region' must be an AWS Region/);
  });

  it("and names that lead round in a circle", () => {
    expect(() => checkEntries({ a: "b", b: { model: "c" }, c: "a" })).toThrow(/leads back to itself/);
  });

  it("and access to AWS of a name that leads to a server of the user's own", () => {
    const models = { mine: { model: "own", profile: "a" }, own: { url: "http://127.0.0.1:1/x" } };
    expect(() => checkEntries(models)).toThrow(/'mine': 'profile' is AWS's/);
  });

  it("never with the secret that stands in it", () => {
    const credentials = { accessKeyId: "", secretAccessKey: "hush-hush" };
    const complaint = (() => {
      try {
        return checkEntries({ mine: { credentials, apiKey: "hush-key" } });
      } catch (error) {
        return String(error);
      }
    })();
    expect(complaint).toMatch(/'credentials' must be/);
    expect(complaint).not.toMatch(/hush/);
  });

  it("but what leads somewhere stands", () => {
    const models = {
      a: "us.amazon.nova-pro-v1:0",
      n: { model: "n", region: "us-east-1" },
      b: { url: "http://127.0.0.1:1/x", headers: { k: "v" } },
      keyed: { url: "http://127.0.0.1:1/x", apiKey: "k" },
      theirs: { credentials: { accessKeyId: "a", secretAccessKey: "b" }, endpoint: "https://a.b" },
      assumed: { credentials: async () => ({ accessKeyId: "a", secretAccessKey: "b" }) },
      hosts: { profile: "p", endpoint: { runtime: "https://a.b", mantle: "https://c.d" } },
      "*": "b",
    };
    expect(() => checkEntries(models)).not.toThrow();
  });
});
