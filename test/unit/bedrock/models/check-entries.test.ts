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

  it("but what leads somewhere stands", () => {
    const models = {
      a: "us.amazon.nova-pro-v1:0",
      n: { model: "n", region: "us-east-1" },
      b: { url: "http://127.0.0.1:1/x", headers: { k: "v" } },
      "*": "b",
    };
    expect(() => checkEntries(models)).not.toThrow();
  });
});
