import { describe, expect, it } from "vitest";
import type { ModelAliases, ModelEntry } from "../../../../src/bedrock/models/aliases.ts";
import { nameModel, toTarget } from "../../../../src/bedrock/models/resolve.ts";
import { NOT_FOUND, refusalOf, targetOf, wayOf } from "./way-of.ts";

const NOVA = "amazon.nova-pro-v1:0";
const CLAUDE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const HERE = "arn:aws:bedrock:eu-west-1:123456789012:";
const PROFILE = `${HERE}application-inference-profile/abc123def456`;
const IMPORTED = `${HERE}imported-model/abc123def456`;
const URL_OF_MINE = "https://models.internal/converse";

const through = (entry: ModelEntry, model = "mine", hidden = "") => targetOf(model, { mine: entry }, hidden);

describe("a Region", () => {
  const region = (entry: ModelEntry, modelId?: string) =>
    nameModel({ model: "mine", modelId }, { mine: entry }).region;

  it("is the operator's, then the string's, then the ARN's, then nobody's", () => {
    expect(region({ model: `us-west-2/${PROFILE}`, region: "ap-south-1" })).toBe("ap-south-1");
    expect(region({ model: `us-west-2/${PROFILE}` })).toBe("us-west-2");
    expect(region({ model: PROFILE })).toBe("eu-west-1");
    expect(region({ model: NOVA })).toBeUndefined();
  });

  it("of the ARN in the URL comes before that of the ARN that says what it is", () => {
    const base = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0";
    expect(region({ model: base }, PROFILE)).toBe("eu-west-1");
    expect(region({ model: base }, "my-model")).toBe("us-east-1");
    expect(region({ model: base }, `sa-east-1/${PROFILE}`)).toBe("sa-east-1");
  });
});

describe("an entry of the operator's", () => {
  it("has an id for the URL that a caller's model_id does not move", () => {
    const { modelId, family } = targetOf(
      { model: "mine", modelId: "other" },
      { mine: { model: NOVA, modelId: PROFILE } },
    );
    expect([modelId, family]).toEqual([PROFILE, NOVA]);
  });

  it("that says where a model is may be called anything", () => {
    for (const name of ["our model", "team/ours", "ours"])
      expect(targetOf(name, { [name]: { modelId: IMPORTED, family: "imported.llama" } })).toMatchObject({
        modelId: IMPORTED,
        family: "imported.llama",
        region: "eu-west-1",
        surface: "invoke",
      });
    expect(refusalOf({ model: "our model", modelId: IMPORTED })).toMatchObject(NOT_FOUND);
  });

  it("tells a family, as a base id or with its geography", () => {
    for (const family of ["meta.llama3-3-70b-instruct-v1:0", "us.meta.llama3-3-70b-instruct-v1:0"]) {
      const target = through({ model: PROFILE, family });
      expect(target.family).toBe("meta.llama3-3-70b-instruct-v1:0");
      expect(target.traits.toolChoice).toEqual([]);
    }
  });

  it.each<[ModelEntry["surface"], string, string]>([
    ["converse", "invoke/amazon.titan-text-express-v1", "converse"],
    ["invoke", `converse/${CLAUDE}`, "invoke"],
    ["converse", "us.openai.gpt-6-sol", "converse"],
    ["openai", "qwen.qwen3-32b-v1:0", "runtime/openai/v1"],
    ["openai", "openai.gpt-5.4", "mantle/openai/v1"],
    ["openai", "mantle/qwen.qwen3-32b", "mantle/v1"],
    ["openai", `converse/us.openai.gpt-6-sol`, "runtime/openai/v1"],
  ])("whose surface is %s decides over the words of %s", (surface, model, way) =>
    expect(wayOf(through({ model, ...(surface && { surface }) }))).toBe(way),
  );

  it("cannot make a native endpoint know an ARN: Converse does", () => {
    expect(wayOf(through({ model: PROFILE, surface: "openai" }, "mine", "openai.gpt-6-sol"))).toBe(
      "converse",
    );
    expect(wayOf(targetOf(`mantle/${PROFILE}`, undefined, "openai.gpt-6-sol"))).toBe("converse");
    expect(wayOf(targetOf(`openai/${IMPORTED}`))).toBe("invoke");
  });

  it("keeps its traits from AWS's refusals, and only those", () => {
    const named = nameModel({ model: CLAUDE });
    const target = toTarget(named, named.family!, { traits: { "anthropic.*": { tools: false } } }, () => ({
      tools: true,
      images: false,
    }));
    expect([target.fixed, target.traits.tools, target.traits.images]).toEqual([["tools"], false, false]);
  });
});

describe("a server of the operator's own", () => {
  it("gets what has a url, with or without the surface's name", () => {
    const entry = { url: URL_OF_MINE, apiKey: "sk-1", headers: { test: "hello world" } };
    for (const surface of ["converse-like", undefined] as const)
      expect(through({ ...entry, ...(surface && { surface }) })).toMatchObject({
        surface: "converse-like",
        modelId: "mine",
        server: {
          url: URL_OF_MINE,
          streamUrl: URL_OF_MINE,
          headers: { authorization: "Bearer sk-1", test: "hello world" },
        },
      });
  });

  it("names its models as it likes, also where LiteLLM's word stands before them", () => {
    const models: ModelAliases = {
      "org/big model": { url: URL_OF_MINE, model: "org/big-model" },
      "meta-llama/Llama-3": { url: URL_OF_MINE },
      "converse_like/some-model": { url: URL_OF_MINE },
    };
    expect(targetOf("org/big model", models).modelId).toBe("org/big-model");
    expect(targetOf("meta-llama/Llama-3", models).modelId).toBe("meta-llama/Llama-3");
    expect(targetOf("bedrock/converse_like/some-model", models)).toMatchObject({
      modelId: "some-model",
      server: { url: URL_OF_MINE },
    });
  });

  it("has its own headers before the key", () => {
    const headers = { authorization: "Basic x" };
    expect(through({ url: URL_OF_MINE, apiKey: "sk-1", headers }).server?.headers).toEqual(headers);
  });

  it("is nobody's to name but the operator's: a caller's word without an entry leads nowhere", () => {
    for (const model of ["converse_like/some-model", "bedrock/converse_like/https://evil.com/x"])
      expect(refusalOf(model)).toMatchObject(NOT_FOUND);
    expect(refusalOf("mine", { mine: { surface: "converse-like" } })).toMatchObject({
      ...NOT_FOUND,
      message: expect.stringContaining("`url`"),
    });
  });
});

describe("InvokeModel", () => {
  it.each(["acme.thinker-v1:0", "claude", PROFILE])(
    "cannot be had for %s, whose body nobody knows",
    (model) =>
      expect(refusalOf(`invoke/${model}`)).toMatchObject({
        ...NOT_FOUND,
        message: expect.stringContaining("call it through Converse"),
      }),
  );

  it("is the way of an ARN whose family AWS told, where that is no Converse model", () => {
    for (const family of ["amazon.titan-text-lite-v1", "imported.llama", "cohere.command-r-v1:0"])
      expect(targetOf(PROFILE, undefined, family)).toMatchObject({
        surface: "invoke",
        modelId: PROFILE,
        family,
      });
    expect(wayOf(targetOf(PROFILE, undefined, ""))).toBe("converse");
  });
});

describe("a managed prompt", () => {
  it("brings its own settings, whatever model is behind it", () => {
    const target = targetOf(`${HERE}prompt/ABCDE12345:2`);
    expect(target).toMatchObject({
      surface: "converse",
      traits: { ownSettings: true, system: false, tools: false, structuredOutput: "instruction" },
    });
    expect(targetOf({ model: CLAUDE, modelId: `${HERE}prompt/ABCDE12345` }).traits.ownSettings).toBe(true);
    expect(targetOf(PROFILE).traits.ownSettings).toBe(false);
  });
});

describe("a name that is none", () => {
  it("is told by its beginning alone where it is long", () => {
    const { message } = refusalOf(`${"x".repeat(5000)}/y`) as Error;
    expect(message.length).toBeLessThan(200);
    expect(message).toContain("…");
  });

  it("is told as the caller wrote it, not as the operator has it", () => {
    const { message } = refusalOf("mine", { mine: "arn:aws:secret/../path" }) as Error;
    expect(message).toContain("'mine'");
    expect(message).not.toContain("secret");
  });
});
