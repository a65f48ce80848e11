import { describe, expect, it, vi } from "vitest";
import { CLAUDE } from "../support/bedrock.ts";
import { visit, WEATHER } from "./visit.ts";

const at = visit();
const ARN = "arn:aws:bedrock:us-east-1:123456789012:";
const PATH = /^\/model\/[^/]+\/(converse(-stream)?|invoke(-with-response-stream)?)$/;

describe("a model's name", () => {
  it.each([
    ["a profile of a geography (litellm#5899, litellm#8851)", "us.anthropic.claude-sonnet-4-5-20250929-v1:0"],
    ["one of Europe (litellm#9780)", "eu.amazon.nova-pro-v1:0"],
    [
      "one of the whole world (bedrock-access-gateway#179)",
      "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
    ],
    ["a base id with a colon", "amazon.nova-pro-v1:0"],
    ["the ARN of a profile", `${ARN}inference-profile/us.amazon.nova-pro-v1:0`],
    [
      "an opaque application profile (bedrock-access-gateway#131, bedrock-access-gateway#156, litellm#18258)",
      `${ARN}application-inference-profile/abc123def456`,
    ],
    ["a provisioned model (litellm#1404, litellm#1442)", `${ARN}provisioned-model/abc123def456`],
    [
      "an imported model (bedrock-access-gateway#30, bedrock-access-gateway#97, bedrock-access-gateway#99, litellm#9161)",
      `${ARN}imported-model/abc123def456`,
    ],
    ["a custom model's deployment", `${ARN}custom-model-deployment/abc123def456`],
    ["a prompt router", `${ARN}default-prompt-router/anthropic.claude:1`],
  ])(
    "that is %s is one segment of the path, and comes back as model (vercel/ai@ce56626, vercel/ai@76db5e3, agentgateway#1891, portkey)",
    async (_, model) => {
      for (const stream of [false, true]) {
        const answer = await at.ask({ model, tools: [WEATHER], temperature: 0.5 }, stream);
        const { path, modelId } = at.received.at(-1)!;
        expect(path).toMatch(PATH);
        expect([modelId, answer.model]).toEqual([model, model]);
      }
    },
  );

  it.each(["bedrock/", "bedrock/converse/", "converse/"])(
    "after LiteLLM's %s is the name alone (litellm#9824)",
    async (prefix) => {
      const { model } = await at.ask({ model: `${prefix}${CLAUDE}` });
      expect([at.received[0]!.modelId, model]).toEqual([CLAUDE, CLAUDE]);
    },
  );

  it.each([
    "us.deepseek.r1-v1:0",
    "us.writer.palmyra-x5-v1:0",
    "qwen.qwen3-32b-v1:0",
    "zai.glm-5",
    "minimax.minimax-m2.5",
  ])("of any provider needs no list of ours (litellm#9161): %s", async (model) => {
    expect((await at.ask({ model })).finish).toBe("stop");
  });

  it("that is another partition's never leaves this one", async () => {
    const model =
      "arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:inference-profile/us-gov.amazon.nova-pro-v1:0";
    const { status, error } = await at.refused({ model });
    expect([status, error.code]).toEqual([404, "model_not_found"]);
  });

  it.each(["..", "a b", "a?x=1", "a#b", "x".repeat(3000), "../foundation-models"])(
    "that is none never reaches AWS: %s",
    async (model) => {
      const { status, error } = await at.refused({ model });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(["model", null]).toContain(error.param);
      for (const { method, path } of at.received) expect([method, path]).toEqual(["GET", path]);
    },
  );

  it("that AWS refuses by its form is no model, told without AWS's pattern (bedrock-access-gateway#103)", async () => {
    const { status, error } = await at.refused({ model: `${ARN}imported-model/too-short` });
    expect([status, error.code, error.param]).toEqual([404, "model_not_found", "model"]);
    expect(error.message).not.toContain("regular expression");
  });
});

describe("a model that is called by its base id but needs a profile", () => {
  it("names the profiles that exist (bedrock-access-gateway#71, bedrock-access-gateway#73, bedrock-access-gateway#103)", async () => {
    for (const stream of [false, true]) {
      const { status, error } = await at.refused({ model: CLAUDE.replace(/^us\./, ""), stream });
      expect([status, error.code, error.param]).toEqual([400, "inference_profile_required", "model"]);
      expect(error.message).toContain(`'${CLAUDE}'`);
      expect(error.message).toContain("'global.");
      expect(error.message).not.toContain("123456789012");
    }
  });

  it.each(["nobody.knows-this-v1:0", "us.amazon.titan-embed-text-v2:0"])(
    "and %s says that it is no model for chat",
    async (model) => {
      const { status, error } = await at.refused({ model });
      expect([400, 404]).toContain(status);
      expect(error.message).toContain(model);
    },
  );
});

describe("what a request talks to", () => {
  it("is Bedrock and nothing else: no tokenizer, no table, no fetch of its own (bedrock-access-gateway#118, bedrock-access-gateway#193, bedrock-access-gateway#220, vercel/ai@d0dbd96)", async () => {
    const fetch = vi.spyOn(globalThis, "fetch");
    for (const stream of [false, true]) await at.ask({ model: CLAUDE, tools: [WEATHER] }, stream);
    expect(fetch).not.toHaveBeenCalled();
    fetch.mockRestore();
    expect(at.received.map(({ operation }) => operation)).toEqual(["Converse", "ConverseStream"]);
  });
});
