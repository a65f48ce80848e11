import { describe, expect, it } from "vitest";
import { isExempt, isLocal } from "../../../../src/bedrock/transport/no-proxy.ts";

const AWS = "bedrock-runtime.us-east-1.amazonaws.com";

describe("what no proxy is asked for", () => {
  it.each([
    "localhost",
    "LOCALHOST",
    "emulator.localhost",
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",
    "[::1]",
    "::1",
    "::ffff:127.0.0.1",
    "169.254.169.254",
    "169.254.170.2",
    "169.254.170.23",
    "[fe80::1]",
    "[fd00:ec2::254]",
    "fd00:ec2::23",
  ])("is on this machine or its own link: %s", (host) => expect(isLocal(host)).toBe(true));

  it.each([AWS, "10.0.0.1", "192.168.1.1", "[fd00:ec2::255]", "localhost.example.com", "notlocalhost"])(
    "is nothing else: %s",
    (host) => expect(isLocal(host)).toBe(false),
  );
});

describe("NO_PROXY", () => {
  it.each([
    ["*", AWS],
    [AWS, AWS],
    ["amazonaws.com", AWS],
    [".amazonaws.com", AWS],
    ["*.amazonaws.com", AWS],
    ["AmazonAWS.com", AWS],
    ["example.com, .amazonaws.com", AWS],
    ["example.com amazonaws.com", AWS],
    ["amazonaws.com:443", AWS],
    ["amazonaws.com.", AWS],
    ["amazonaws.com", `${AWS}.`],
    ["10.0.0.0/8", "10.1.2.3"],
    ["10.1.2.3", "10.1.2.3"],
    ["10.1.2.3:443", "10.1.2.3"],
    ["fd00::/8", "[fd12::1]"],
    ["::ffff:10.1.2.3", "10.1.2.3"],
    ["[fd12::1]", "[fd12::1]"],
    ["[fd12::1]:443", "[fd12::1]"],
    ["fd12::1", "[fd12:0::1]"],
  ])("'%s' leaves out %s", (list, host) => expect(isExempt(list, host, 443)).toBe(true));

  it.each([
    [undefined, AWS],
    ["", AWS],
    [",. ,", AWS],
    ["onaws.com", AWS],
    [`x.${AWS}`, AWS],
    ["amazonaws.com:80", AWS],
    ["amazonaws.*", AWS],
    ["10.0.0.0/8", "11.1.2.3"],
    ["10.1.2.3", AWS],
    ["10.0.0.0/99", "10.1.2.3"],
    ["0.0.0.0/0", "[fd12::1]"],
    ["2.3", "10.1.2.3"],
  ])("'%s' does not leave out %s", (list, host) => expect(isExempt(list, host, 443)).toBe(false));
});
