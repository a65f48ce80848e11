import { describe, expect, it } from "vitest";
import { merge } from "../../../../src/bedrock/catalogue/merge.ts";
import { foundation, profile } from "./found.ts";

const NOW = Date.UTC(2026, 10, 1);
const CLAUDE = "anthropic.claude-sonnet-4-5-20250929-v1:0";
const NOVA = "amazon.nova-pro-v1:0";
const ids = (...found: Parameters<typeof merge>[0]) => merge(found, NOW).map(({ id }) => id);

describe("what the lists say together", () => {
  it("does not offer a bare id that only a profile serves, and still tells the profile its facts", () => {
    const entries = merge(
      [foundation(CLAUDE, { callable: false }), profile(`us.${CLAUDE}`, CLAUDE, { name: "US Claude" })],
      NOW,
    );
    expect(entries).toEqual([
      {
        id: `us.${CLAUDE}`,
        type: "inference-profile",
        name: "US Claude",
        ownedBy: "anthropic",
        created: 1695859200,
        inputModalities: ["text"],
        outputModalities: ["text"],
        mode: "chat",
        streaming: true,
        lifecycle: "active",
        baseModel: CLAUDE,
        regions: ["us-east-1", "us-west-2"],
      },
    ]);
  });

  it("keeps the profiles of models that this Region does not list", () => {
    expect(ids(profile(`us.${CLAUDE}`, CLAUDE))).toEqual([`us.${CLAUDE}`]);
  });

  it("lists every id once and in the same order, whoever answers first", () => {
    const found = [foundation(NOVA), profile(`us.${NOVA}`, NOVA), profile(`eu.${NOVA}`, NOVA)];
    const expected = [NOVA, `eu.${NOVA}`, `us.${NOVA}`];
    expect(ids(...found, ...found)).toEqual(expected);
    expect(ids(...found.toReversed())).toEqual(expected);
  });

  it.each([
    ["is on its way out", { lifecycle: "LEGACY" }, true],
    ["has a day to live", { endOfLife: new Date(NOW + 86_400_000) }, true],
    ["has ended", { endOfLife: new Date(NOW - 1) }, false],
    ["has a state that nobody knows", { lifecycle: "RETIRED" }, false],
  ])("offers a model and its profiles or neither when it %s", (_, facts, offered) => {
    const listed = ids(foundation(NOVA, { facts }), profile(`us.${NOVA}`, NOVA));
    expect(listed).toEqual(offered ? [NOVA, `us.${NOVA}`] : []);
  });

  it.each([
    ["amazon.titan-embed-text-v2:0", ["TEXT"], ["EMBEDDING"], "embedding"],
    ["amazon.titan-image-generator-v2:0", ["TEXT", "IMAGE"], ["IMAGE"], "image_generation"],
    ["cohere.rerank-v3-5:0", ["TEXT"], ["TEXT"], "rerank"],
    ["amazon.nova-2-omni-v1:0", ["TEXT", "IMAGE", "VIDEO", "SOMETHING_NEW"], ["TEXT", "IMAGE"], "chat"],
  ])("tells what %s is for", (id, inputModalities, outputModalities, mode) => {
    const facts = { inputModalities, outputModalities };
    expect(merge([foundation(id, { facts })], NOW)).toMatchObject([{ id, mode }]);
  });

  it.each([
    ["amazon.nova-sonic-v1:0", ["SPEECH"], ["SPEECH", "TEXT"]],
    ["amazon.nova-reel-v1:1", ["TEXT", "IMAGE"], ["VIDEO"]],
  ])("does not offer %s, which no endpoint can serve", (id, inputModalities, outputModalities) => {
    expect(
      ids(foundation(id, { facts: { inputModalities, outputModalities } }), profile(`us.${id}`, id)),
    ).toEqual([]);
  });

  it("says who owns what answers, and does not invent it", () => {
    const arn = "arn:aws:bedrock:us-east-1:123456789012:imported-model/abc";
    const owners = merge(
      [{ ...profile(arn, ""), type: "imported-model", baseModel: undefined }, foundation(NOVA)],
      NOW,
    );
    expect(owners.map(({ ownedBy }) => ownedBy)).toEqual(["amazon", "bedrock"]);
  });

  it("dates a model by AWS's word in whole seconds, and by the same constant where AWS has none", () => {
    const dated = (created?: Date) => merge([foundation(NOVA, { created })], NOW)[0]!.created;
    expect(dated(new Date("2024-12-03T10:00:00.750Z"))).toBe(1733220000);
    expect(dated(undefined)).toBe(1695859200);
    expect(dated(new Date("never"))).toBe(1695859200);
  });

  it("names mantle's models by their bare id where that means mantle, and by its name only where nothing else does", () => {
    const mantle = (id: string, baseModel: string) => ({
      ...foundation(id, { baseModel }),
      type: "mantle-model" as const,
    });
    const listed = ids(
      foundation("qwen.qwen3-32b-v1:0"),
      profile(`us.${CLAUDE}`, CLAUDE),
      mantle("openai.gpt-oss-120b", "openai.gpt-oss-120b"),
      mantle(`mantle/${CLAUDE}`, CLAUDE),
      mantle("mantle/deepseek.v3.1", "deepseek.v3.1"),
    );
    expect(listed).toEqual([
      "mantle/deepseek.v3.1",
      "openai.gpt-oss-120b",
      "qwen.qwen3-32b-v1:0",
      `us.${CLAUDE}`,
    ]);
  });
});
