import { describe, expect, it } from "vitest";
import type { CatalogueEntry } from "../../../src/bedrock/catalogue/entry.ts";
import { findEntry } from "../../../src/models/find-entry.ts";

const entry = (id: string): CatalogueEntry => ({
  id,
  type: "foundation-model",
  ownedBy: "x",
  created: 0,
  regions: [],
});
const NOVA = "us.amazon.nova-pro-v1:0";
const ARN = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456";
const ENTRIES = [entry(NOVA), entry(ARN), entry("mantle/deepseek.v3.1"), entry("openai.gpt-oss-120b")];

describe("the entry that a model string names", () => {
  it.each([
    [NOVA, NOVA],
    [`bedrock/${NOVA}`, NOVA],
    [`bedrock/converse/${NOVA}`, NOVA],
    [`arn:aws:bedrock:us-east-1:123456789012:inference-profile/${NOVA}`, NOVA],
    [ARN, ARN],
    [`bedrock/${ARN}`, ARN],
    [`bedrock/llama/${ARN}`, ARN],
    ["bedrock/mantle/deepseek.v3.1", "mantle/deepseek.v3.1"],
    ["mantle/openai.gpt-oss-120b", "openai.gpt-oss-120b"],
  ])("%s", (model, id) => {
    expect(findEntry(model, ENTRIES)?.id).toBe(id);
  });

  it.each([
    "nova",
    "",
    "../secrets",
    "constructor",
    "abc123def456",
    // Somebody's own profile is not AWS's, whatever it is called.
    `arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/${NOVA}`,
  ])("takes '%s' for none of them", (model) => {
    expect(findEntry(model, ENTRIES)).toBeUndefined();
  });
});
