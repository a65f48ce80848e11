import { describe, expect, it } from "vitest";
import { type Learned, nameModel, toTarget } from "../../../../src/bedrock/models/resolve.ts";
import * as dialects from "../../../../src/dialects/dialects.ts";
import type { Target } from "../../../../src/bedrock/models/target.ts";
import { type TraitOverrides, traitsOf } from "../../../../src/bedrock/traits/traits.ts";

function resolveTarget(model: string, traits: TraitOverrides = {}, learned: Learned = () => ({})): Target {
  const named = nameModel({ model });
  return toTarget(named, named.family ?? "", { traits }, learned, dialects);
}

const FULL_NAMES = [
  "anthropic.claude-sonnet-4-5-20250929-v1:0",
  "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "apac.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "jp.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "bedrock/converse/anthropic.claude-sonnet-4-5-20250929-v1:0",
  "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0",
  "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
];

describe("a model's traits", () => {
  it.each(FULL_NAMES)("are those of its family, however it is called: %s", (name) => {
    expect(resolveTarget(name).traits).toEqual(traitsOf("anthropic.claude-sonnet-4-5"));
  });

  it("are open where the family is unknown: able, until AWS says otherwise", () => {
    const arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123";
    for (const name of ["somebody.new-model", arn])
      expect(resolveTarget(name).traits).toMatchObject({
        sampling: "both",
        tools: true,
        system: true,
        images: true,
        structuredOutput: "tool",
        refusedFields: [],
      });
  });

  it.each([
    ["anthropic.claude-opus-4-20250514-v1:0", { sampling: "both", reasoning: { kind: "budget" } }],
    ["anthropic.claude-opus-4-1-20250805-v1:0", { sampling: "one", structuredOutput: "tool" }],
    ["anthropic.claude-opus-4-5-20251101-v1:0", { sampling: "one", structuredOutput: "native" }],
    [
      "anthropic.claude-opus-4-6-v1",
      { sampling: "both", prefill: false, reasoning: { kind: "adaptive", budgets: true } },
    ],
    ["anthropic.claude-opus-4-7", { sampling: "none", systemTurns: false, reasoning: { off: "omit" } }],
    ["anthropic.claude-opus-4-8", { sampling: "none", systemTurns: true, reasoning: { off: "omit" } }],
    ["anthropic.claude-opus-5", { toolChoice: ["auto", "any", "tool"], reasoning: { off: "disabled" } }],
    ["anthropic.claude-opus-5-5", { toolChoice: ["auto"], reasoning: { off: "never" } }],
    ["anthropic.claude-sonnet-5", { toolChoice: ["auto", "any", "tool"], reasoning: { off: "disabled" } }],
    ["anthropic.claude-sonnet-5-5", { toolChoice: ["auto"], reasoning: { off: "between_tools" } }],
    ["anthropic.claude-haiku-5-5", { serviceTiers: [], toolChoice: ["auto", "any", "tool"] }],
    ["anthropic.claude-fable-5", { toolChoice: ["auto", "any", "tool"], reasoning: { off: "never" } }],
    ["anthropic.claude-fable-5-1", { toolChoice: ["auto"], reasoning: { off: "never" } }],
    ["anthropic.claude-3-7-sonnet-20250219-v1:0", { reasoning: { kind: "budget" } }],
    ["anthropic.claude-3-5-haiku-20241022-v1:0", { images: false, reasoning: { kind: "none" } }],
    ["anthropic.claude-3-haiku-20240307-v1:0", { images: true, tools: true }],
    ["anthropic.claude-v2:1", { images: false, tools: false }],
    ["amazon.nova-2-lite-v1:0", { webSearch: true, reasoning: { kind: "nova" } }],
    ["amazon.nova-micro-v1:0", { images: false, webSearch: false }],
    ["amazon.nova-pro-v1:0", { images: true, webSearch: false, reasoning: { kind: "none" } }],
    ["openai.gpt-oss-safeguard-20b", { tools: false }],
    ["openai.gpt-oss-120b-1:0", { tools: true, reasoning: { kind: "flat" } }],
    ["openai.gpt-5.6-sol", { serviceTiers: [], reasoning: { kind: "nested" } }],
    ["openai.gpt-6-sol", { serviceTiers: ["flex", "priority", "reserved"], reasoning: { kind: "nested" } }],
    ["qwen.qwen3-vl-235b-a22b", { images: true }],
    ["qwen.qwen3-32b-v1:0", { images: false }],
    ["zai.glm-5.3", { cachePoints: ["system", "messages"] }],
    ["zai.glm-5", { cachePoints: [] }],
    ["moonshotai.kimi-k3", { documents: false, images: true }],
    ["moonshot.kimi-k2-thinking", { documents: true, images: false }],
    ["mistral.pixtral-large-2502-v1:0", { toolIds: "mistral", images: true, toolChoice: ["auto", "any"] }],
    ["mistral.mistral-large-2402-v1:0", { images: false, structuredOutput: "tool" }],
    ["mistral.mistral-large-3-675b-instruct", { images: true, structuredOutput: "native" }],
    ["meta.llama3-8b-instruct-v1:0", { tools: false }],
    ["meta.llama3-1-8b-instruct-v1:0", { tools: true, images: false }],
    ["meta.llama3-2-11b-instruct-v1:0", { tools: true, images: true }],
  ])("are its own, not those of one whose name it begins with: %s", (family, traits) => {
    expect(traitsOf(family)).toMatchObject(traits);
  });

  it.each([
    "anthropic.claude-opus-6",
    "anthropic.claude-fable-9",
    "anthropic.claude-mythos-5",
    "anthropic.claude-poem-1",
  ])("of a Claude that is not known yet are those of the newest: %s", (family) =>
    expect(traitsOf(family)).toEqual(traitsOf("anthropic.claude-opus-5-5")),
  );
});

describe("what the operator says of a model", () => {
  it("wins over the table and over what AWS taught, trait by trait", () => {
    const traits = traitsOf(
      "anthropic.claude-opus-5-5",
      { "anthropic.*": { prefill: true, cacheTtl: false } },
      { prefill: false, serviceTiers: [] },
    );
    expect(traits).toMatchObject({ prefill: true, cacheTtl: false, serviceTiers: [], sampling: "none" });
  });

  it("is the first pattern that matches", () => {
    const overrides = { "anthropic.claude-opus-*": { tools: false }, "*": { system: false } };
    expect(traitsOf("anthropic.claude-opus-5", overrides)).toMatchObject({ tools: false, system: true });
    expect(traitsOf("amazon.nova-pro-v1:0", overrides)).toMatchObject({ tools: true, system: false });
  });

  it.each([
    ["acme.model-v1", "acme.model-v1", true],
    ["acme.model-v1", "acmeXmodel-v1", false],
    ["acme.*", "acme.", true],
    ["*model*", "acme.my-model-2", true],
    ["acme.m", "acme.model", false],
    ["acme.(x)+[y]$", "acme.(x)+[y]$", true],
    ["acme.(x)+", "acme.xx", false],
  ])("is meant for names by a star and otherwise to the letter: %s, %s", (pattern, family, meant) => {
    expect(traitsOf(family, { [pattern]: { tools: false } }).tools).toBe(!meant);
  });

  it("is found by the id without its geography", () => {
    expect(resolveTarget("us.acme.model", { "acme.*": { tools: false } }).traits.tools).toBe(false);
  });
});

describe("what AWS taught of a model", () => {
  it("wins over the table, and is asked for by the whole id", () => {
    const asked: string[] = [];
    const target = resolveTarget("bedrock/us.amazon.nova-pro-v1:0", {}, ({ surface, modelId }) => {
      asked.push(`${surface} ${modelId}`);
      return { toolSchema: "any" };
    });
    expect(asked).toEqual(["converse us.amazon.nova-pro-v1:0"]);
    expect(target.traits.toolSchema).toBe("any");
  });
});
