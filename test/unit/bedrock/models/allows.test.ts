import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allows } from "../../../../src/bedrock/models/allows.ts";
import { nameModel } from "../../../../src/bedrock/models/resolve.ts";
import { anyModelName } from "../../../support/any-model-name.ts";

const NOVA = "us.amazon.nova-pro-v1:0";
const OPUS = "us.anthropic.claude-opus-5-5";
const OPUS_ARN = `arn:aws:bedrock:us-east-1:123456789012:inference-profile/${OPUS}`;
const ALIASES = { "gpt-4o-mini": NOVA, "gpt-*": OPUS, "openai/gpt-4o": OPUS, "*": { defaults: {} } };

describe("the models of a caller", () => {
  it.each([
    ["us.amazon.nova-*", NOVA],
    ["us.amazon.nova-*", `bedrock/${NOVA}`],
    ["us.amazon.nova-*", `converse/${NOVA}`],
    ["us.amazon.nova-*", `bedrock/us-west-2/${NOVA}`],
    ["us.amazon.nova-*", `${NOVA}[1m]`],
    [`bedrock/${NOVA}`, NOVA],
    [`bedrock/${NOVA}`, `bedrock/${NOVA}`],
    ["*", OPUS_ARN],
    [OPUS_ARN, OPUS_ARN],
    ["arn:aws:bedrock:*:123456789012:inference-profile/*", OPUS_ARN],
    ["arn:aws:bedrock:*:123456789012:inference-profile/*", `bedrock/converse/${OPUS_ARN}`],
  ])("%s lets %s be named", (pattern, name) => {
    expect(allows([pattern], name)).toBe(true);
  });

  it.each([
    ["us.amazon.nova-*", OPUS],
    ["us.amazon.nova-*", "us.amazon.nova"],
    // A family's word, a way's and a Region before an id of something else.
    ["nova*", `nova/${OPUS}`],
    ["nova*", `bedrock/nova/${OPUS}`],
    ["llama*", `llama/${OPUS_ARN}`],
    ["converse*", `converse/${OPUS}`],
    ["us*", `us-west-2/anthropic.claude-opus-5-5`],
    ["bedrock*", `bedrock/${OPUS}`],
    ["us.amazon.nova-*", `${NOVA}/../${OPUS}`],
    // What an ARN hides, and what it only ends in.
    ["*nova*", "arn:aws:bedrock:us-east-1:123456789012:custom-model/nova.x/abc"],
    ["*nova*", "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/nova"],
    ["*opus*", OPUS_ARN],
    [OPUS, OPUS_ARN],
    ["us.amazon.nova-pro-v1:0", NOVA.toUpperCase()],
    ["gpt-*", OPUS],
  ])("%s does not let %s be named", (pattern, name) => {
    expect(allows([pattern], name)).toBe(false);
  });

  it("none lets nothing be named", () => {
    expect(allows([], NOVA)).toBe(false);
  });

  it.each([
    ["gpt-4o-mini", "gpt-4o-mini", true],
    ["gpt-4o-mini", "bedrock/gpt-4o-mini", true],
    // Aliases are looked for whatever their case, and this is the other one.
    ["gpt-4o-mini", "GPT-4o-mini", false],
    ["gpt-4o-mini", "gpt-4o", false],
    // It is none of the operator's names that way, and would fall to the pattern for all.
    ["gpt-4o-mini", "converse/gpt-4o-mini", false],
    ["gpt-4o-mini", "us-west-2/gpt-4o-mini", false],
    ["openai/*", "openai/gpt-4o", true],
    ["nova*", `nova/${OPUS}`, false],
    ["gpt-*", "gpt-4o-mini", true],
  ])("%s of names of the operator's own: %s is %s", (pattern, name, expected) => {
    expect(allows([pattern], name, ALIASES)).toBe(expected);
  });

  it.each([
    [OPUS, true],
    [`bedrock/${OPUS}`, true],
    [`us-west-2/${OPUS}`, false],
    [`bedrock/converse/${OPUS}`, false],
    [`${OPUS}[1m]`, false],
  ])("lead around nothing that the operator has made of an id of AWS's: %s is %s", (name, expected) => {
    expect(allows([OPUS], name, { [OPUS]: { model: NOVA } })).toBe(expected);
    expect(allows([OPUS], name, { "us.anthropic.*": NOVA })).toBe(expected);
  });

  it("are held to whatever is put around a name: what is called is what was allowed", () => {
    const patterns = ["nova*", "us.amazon.nova-*", "amazon.nova-pro-v1:0", "stability.*"];
    fc.assert(
      fc.property(anyModelName, (name) => {
        if (!allows(patterns, name)) return;
        let called: string;
        try {
          called = nameModel({ model: name }).place.id;
        } catch {
          return;
        }
        expect(called).toMatch(/^(nova|us\.amazon\.nova-|amazon\.nova-pro-v1:0$|stability\.)[^/]*$/);
      }),
      { numRuns: 2_000 },
    );
  });
});
