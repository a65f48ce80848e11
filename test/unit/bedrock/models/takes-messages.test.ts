import { describe, expect, it } from "vitest";
import { CLAUDE } from "../../../support/bedrock.ts";
import { targetOf } from "./way-of.ts";

const ARN = "arn:aws:bedrock:us-east-1:123456789012";

describe("Anthropic's own words go to InvokeModel", () => {
  it.each([
    CLAUDE,
    "anthropic.claude-3-haiku-20240307-v1:0",
    "us.anthropic.claude-opus-9",
    `invoke/${CLAUDE}`,
    `eu-west-1/${CLAUDE}`,
    `${ARN}:inference-profile/${CLAUDE}`,
    "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0",
  ])("of %s", (model) => expect(targetOf(model).takesMessages).toBe(true));

  it.each([
    ["who names Converse wants what Converse does", `converse/${CLAUDE}`],
    ["Claude's older bodies are texts", "anthropic.claude-v2:1"],
    ["other vendors' have bodies of their own", "us.amazon.nova-pro-v1:0"],
    ["a host that speaks them takes them itself", "anthropic.claude-mythos-5"],
    ["a router may choose another model for each request", `${ARN}:prompt-router/abcdefghijkl`],
    ["a managed prompt brings its own settings", `${ARN}:prompt/ABCDEFGHIJ`],
  ])("but not where %s", (_, model) => expect(targetOf(model).takesMessages).toBeUndefined());
});
