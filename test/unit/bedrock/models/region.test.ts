import { describe, expect, it } from "vitest";
import { isRegion, partitionOf } from "../../../../src/bedrock/models/region.ts";

/** AWS's Regions by partition. Source: the partitions of the AWS SDK. */
const REGIONS = {
  aws: `af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1
    ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1
    eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1
    me-south-1 me-west-1 mx-central-1 sa-east-1 sa-west-1 us-east-1 us-east-2 us-west-1 us-west-2`,
  "aws-cn": "cn-north-1 cn-northwest-1",
  "aws-us-gov": "us-gov-east-1 us-gov-west-1",
  "aws-iso": "us-iso-east-1 us-iso-west-1",
  "aws-iso-b": "us-isob-east-1 us-isob-west-1",
  "aws-iso-e": "eu-isoe-west-1",
  "aws-iso-f": "us-isof-east-1 us-isof-south-1",
  "aws-eusc": "eusc-de-east-1",
};

const ALL = Object.entries(REGIONS).flatMap(([partition, names]) =>
  names.split(/\s+/).map((name) => [name, partition] as const),
);

describe("a Region's name", () => {
  it.each(ALL)("%s is one, of %s", (name, partition) =>
    expect([isRegion(name), partitionOf(name)]).toEqual([true, partition]),
  );

  it.each(["us-east-99", "eu-southwest-1", "ap-northwest-2", "eusc-fr-west-1"])(
    "%s may become one without a new release of ours",
    (name) => expect(isRegion(name)).toBe(true),
  );

  it.each([
    ["", "nothing"],
    ["us", "a geography"],
    ["us-east", "without a number"],
    ["us-east-", "without its end"],
    ["us-east-1a", "a zone"],
    ["us-east-123", "with too long a number"],
    ["us--1", "without a direction"],
    ["us-1", "without a direction"],
    ["US-EAST-1", "in capitals"],
    [" us-east-1", "after a blank"],
    ["us-east-1\n", "before the end of a line"],
    ["us-east-1\r\nhost: evil", "before a header"],
    ["us-east-1.evil.com", "before another host"],
    ["evil.com/us-east-1", "after another host"],
    ["us-east-1@evil", "before an at"],
    ["us-east-1#", "before a hash"],
    ["us-east-1%2e", "before an encoded dot"],
    ["us‑east‑1", "with hyphens that only look like it"],
    ["us-еast-1", "with a letter that only looks like it"],
    ["us-east-１", "with a digit that only looks like it"],
    ["xx-east-1", "of no area"],
    ["us-gov", "of no place"],
    ["__proto__", "of no Region"],
    ["fips-us-east-1", "as the SDK's older names had it"],
    ["aws-global", "as the SDK's own names have it"],
  ])("%j is none: %s", (name) => expect(isRegion(name)).toBe(false));
});
