import { describe, expect, it } from "vitest";
import { familyOf, familyOfId, geoOf, withoutGeo } from "../../../../src/bedrock/models/family.ts";
import { parseModelName } from "../../../../src/bedrock/models/model-name.ts";

const GEOS = ["us", "us-gov", "eu", "apac", "jp", "au", "ca", "in", "global", "sa", "me", "af", "il", "mx"];
const HERE = "arn:aws:bedrock:us-east-1:123456789012:";
const family = (text: string) => familyOf(parseModelName(text)!);

describe("a geography before an id", () => {
  it.each(GEOS)("%s is no part of the family", (geo) => {
    const id = `${geo}.amazon.nova-pro-v1:0`;
    expect([geoOf(id), withoutGeo(id), familyOfId(id)]).toEqual([
      geo,
      "amazon.nova-pro-v1:0",
      "amazon.nova-pro-v1:0",
    ]);
  });

  it.each(["amazon.nova-pro-v1:0", "usa.nova", "europe.model.v1", "us-east.amazon.nova", "xx.amazon.nova"])(
    "is not seen in %s",
    (id) => expect([geoOf(id), withoutGeo(id)]).toEqual([undefined, id]),
  );

  it("is taken off once, and is the vendor where nothing else could be it", () => {
    expect(withoutGeo("us.eu.amazon.nova")).toBe("eu.amazon.nova");
    expect([geoOf("in.model-v1"), familyOfId("in.model-v1")]).toEqual([undefined, "in.model-v1"]);
  });
});

describe("a family", () => {
  it.each([
    ["amazon.nova-pro-v1:0:51k", "amazon.nova-pro-v1:0"],
    ["anthropic.claude-v2:1:200k", "anthropic.claude-v2:1"],
    ["meta.llama4-scout-17b-instruct-v1:0:10m", "meta.llama4-scout-17b-instruct-v1:0"],
    ["amazon.nova-pro-v1:0", "amazon.nova-pro-v1:0"],
    ["deepseek.v3.2", "deepseek.v3.2"],
  ])("of %s is %s: a context size is none of its own", (id, base) => expect(familyOfId(id)).toBe(base));

  it.each(["", "claude", "gpt-4o", "us", "my-model-2", "__proto__", "constructor", "ANTHROPIC.CLAUDE-V2"])(
    "is not stated by %j, which has no vendor",
    (id) => expect(familyOfId(id)).toBeUndefined(),
  );

  it.each([
    ["arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v2:1", "anthropic.claude-v2:1"],
    [`${HERE}inference-profile/global.amazon.nova-2-lite-v1:0`, "amazon.nova-2-lite-v1:0"],
    [`${HERE}custom-model/amazon.nova-micro-v1:0:128k/abc123def456`, "amazon.nova-micro-v1:0"],
    [`${HERE}custom-model/imported/abc123def456`, undefined],
    [`${HERE}application-inference-profile/us.anthropic.claude`, undefined],
    [`${HERE}default-prompt-router/anthropic.claude:1`, undefined],
    [`${HERE}provisioned-model/abc123def456`, undefined],
    [`${HERE}imported-model/abc123def456`, undefined],
    [`openai/${HERE}imported-model/abc123def456`, "imported.openai"],
    [`openai/${HERE}provisioned-model/abc123def456`, undefined],
    [`nova/${HERE}custom-model-deployment/abc123def456`, "amazon.nova-custom"],
    [`llama/us.meta.llama3-3-70b-instruct-v1:0`, "imported.llama"],
  ])("of %s is %s", (text, expected) => expect(family(text)).toBe(expected));
});
