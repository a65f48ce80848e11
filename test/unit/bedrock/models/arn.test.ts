import { describe, expect, it } from "vitest";
import { parseModelArn } from "../../../../src/bedrock/models/arn.ts";

const HERE = "arn:aws:bedrock:us-east-1:123456789012:";

describe("the ARN of a model", () => {
  it.each([
    [
      "foundation-model",
      "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v2:1:18k",
      "anthropic.claude-v2:1:18k",
    ],
    ["inference-profile", `${HERE}inference-profile/us.amazon.nova-pro-v1:0`, "us.amazon.nova-pro-v1:0"],
    ["application-inference-profile", `${HERE}application-inference-profile/abc123def456`, "abc123def456"],
    ["provisioned-model", `${HERE}provisioned-model/abc123def456`, "abc123def456"],
    [
      "custom-model",
      `${HERE}custom-model/amazon.nova-lite-v1:0/abc123def456`,
      "amazon.nova-lite-v1:0/abc123def456",
    ],
    ["custom-model", `${HERE}custom-model/imported/abc123def456`, "imported/abc123def456"],
    ["custom-model-deployment", `${HERE}custom-model-deployment/abc123def456`, "abc123def456"],
    ["imported-model", `${HERE}imported-model/abc123def456`, "abc123def456"],
    ["prompt", `${HERE}prompt/ABCDE12345`, "ABCDE12345"],
    ["prompt", `${HERE}prompt/ABCDE12345:3`, "ABCDE12345:3"],
    ["prompt-router", `${HERE}prompt-router/abc123def456`, "abc123def456"],
    ["default-prompt-router", `${HERE}default-prompt-router/anthropic.claude:1`, "anthropic.claude:1"],
    ["endpoint", "arn:aws:sagemaker:us-east-1:123456789012:endpoint/my-endpoint", "my-endpoint"],
  ])("may be of the kind %s: %s", (kind, arn, name) =>
    expect(parseModelArn(arn)).toEqual({ region: "us-east-1", kind, name }),
  );

  it.each([
    ["aws-us-gov", "us-gov-west-1"],
    ["aws-cn", "cn-north-1"],
    ["aws-iso", "us-iso-east-1"],
    ["aws-iso-b", "us-isob-east-1"],
    ["aws-eusc", "eusc-de-east-1"],
  ])("may be of the partition %s, in its own Regions", (partition, region) => {
    const arn = `arn:${partition}:bedrock:${region}:123456789012:imported-model/abc123def456`;
    expect(parseModelArn(arn)?.region).toBe(region);
    for (const elsewhere of ["us-east-1", "eu-west-1"])
      expect(parseModelArn(arn.replace(region, elsewhere))).toBeUndefined();
  });

  it.each([
    [
      "a partition that is not its Region's",
      "arn:aws:bedrock:us-gov-west-1:123456789012:imported-model/abc123def456",
    ],
    [
      "a partition that AWS has not",
      "arn:aws-evil:bedrock:us-east-1:123456789012:imported-model/abc123def456",
    ],
    ["another service", "arn:aws:iam:us-east-1:123456789012:imported-model/abc123def456"],
    ["a service that begins like it", "arn:aws:bedrock-agent:us-east-1:123456789012:prompt/ABCDE12345"],
    ["no Region", "arn:aws:bedrock::123456789012:imported-model/abc123def456"],
    ["a host for a Region", "arn:aws:bedrock:evil.com:123456789012:imported-model/abc123def456"],
    ["a path for a Region", "arn:aws:bedrock:us-east-1/..:123456789012:imported-model/abc123def456"],
    ["a word for a Region", "arn:aws:bedrock:evil:123456789012:imported-model/abc123def456"],
    ["a short account", "arn:aws:bedrock:us-east-1:1234:imported-model/abc123def456"],
    ["no account where there must be one", "arn:aws:bedrock:us-east-1::imported-model/abc123def456"],
    ["an account where there is none", `${HERE}foundation-model/amazon.nova-pro-v1:0`],
    ["a kind that is no model", `${HERE}guardrail/abc123def456`],
    ["a kind of every object", `${HERE}constructor/abc123def456`],
    ["a kind of SageMaker's at Bedrock", `${HERE}endpoint/my-endpoint`],
    [
      "a kind of Bedrock's at SageMaker",
      "arn:aws:sagemaker:us-east-1:123456789012:imported-model/abc123def456",
    ],
    ["no name", `${HERE}imported-model/`],
    ["a name that climbs", `${HERE}imported-model/../../evil`],
    ["a name that stands still", `${HERE}imported-model/.`],
    ["a name with an empty part", `${HERE}custom-model/a//b`],
    ["a name that ends in a slash", `${HERE}imported-model/abc/`],
    ["a name that ends in a dot", `${HERE}imported-model/abc.`],
    ["an encoded dot", `${HERE}imported-model/%2e%2e`],
    ["a query", `${HERE}imported-model/abc?x=1`],
    ["a fragment", `${HERE}imported-model/abc#x`],
    ["a backslash", `${HERE}imported-model/abc\\def`],
    ["a blank", `${HERE}imported-model/abc def`],
    ["an end of a line", `${HERE}imported-model/abc\n`],
    ["a beginning of a line", `\n${HERE}imported-model/abc`],
    ["a NUL", `${HERE}imported-model/abc\0`],
    ["capitals in front", `${HERE.toUpperCase()}imported-model/abc`],
    ["an ARN in an ARN", `${HERE}imported-model/${HERE}imported-model/abc/..`],
  ])("has not %s", (_, arn) => expect(parseModelArn(arn)).toBeUndefined());
});
