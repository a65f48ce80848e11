const PROFILE = "arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/nova00000001";

/** What cannot be the name of a model, and would go elsewhere if somebody took it for one. */
export const HOSTILE_NAMES: readonly string[] = [
  "..",
  ".",
  "../..",
  "a/../b",
  "..\\..",
  "%2e%2e",
  "%2e%2e/%2e%2e",
  "a%2fb",
  "//evil.com",
  "/etc/passwd",

  "a?b=c",
  "a#b",
  "a;b",
  "a\\b",
  "a\0b",
  "a\nb",
  "a\r\nHost: evil.com",
  "a b",
  " a",
  "a ",
  "a.",
  ".a",
  ":a",
  "a:",

  "evil.com/a.b",
  "us-east-1.evil.com/a.b",
  "us-east-1@evil.com/a.b",
  "us-east-1#/a.b",
  "us-east-1\n/a.b",

  "http://evil.com/a.b",
  "https://us-east-1/a.b",
  "us-east-1:80/a.b",
  "us-east-1%00/a.b",
  "US-EAST-1/a.b",

  "converse/../a.b",
  "bedrock/bedrock/a.b",
  "a.b/converse",
  "a.b/invoke",
  "converse_like/a.b",
  "converse_like/http://x",

  "arn:aws:bedrock:evil.com:123456789012:imported-model/abc123def456",
  "arn:aws:s3:::bucket",
  "arn:",
  `${PROFILE}/..`,

  "arn:aws:bedrock:us-gov-west-1:123456789012:imported-model/abc123def456",
  `${PROFILE}?x`,
  `${PROFILE}#x`,

  "a․b",
  "а.b",
  "a\u200b.b",
  "us‑east‑1/a.b",
  "x".repeat(2049),
  `${"../".repeat(600)}a`,
  "a.".repeat(1_500),
  "us-east-1/".repeat(200),
];

/** Names that could be a model's, but in another partition than the caller's. */
export const FOREIGN_NAMES: readonly string[] = [
  "us-gov-west-1/a.b",
  "cn-north-1/a.b",
  "eusc-de-east-1/a.b",
  "arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:imported-model/abc123def456",
];
