import { describe, expect, it } from "vitest";
import { parseModelName } from "../../../../src/bedrock/models/model-name.ts";

const NOVA = "amazon.nova-pro-v1:0";
const ARN = "arn:aws:bedrock:eu-west-1:123456789012:imported-model/abc123def456";

describe("the words before an id", () => {
  it.each([
    [NOVA, {}],
    [`bedrock/${NOVA}`, {}],
    [`converse/${NOVA}`, { route: "converse" }],
    [`bedrock/invoke/${NOVA}`, { route: "invoke" }],
    [`openai/${NOVA}`, { route: "openai" }],
    [`mantle/${NOVA}`, { route: "mantle" }],
    [`bedrock_mantle/${NOVA}`, { route: "mantle" }],
    [`converse_like/${NOVA}`, { route: "converse-like" }],
    [`us-west-2/${NOVA}`, { region: "us-west-2" }],
    [`llama/${NOVA}`, { family: "imported.llama" }],
    [`us-west-2/converse/${NOVA}`, { route: "converse", region: "us-west-2" }],
    [`bedrock/converse/us-west-2/${NOVA}`, { route: "converse", region: "us-west-2" }],
    [
      `bedrock/us-west-2/nova/invoke/${NOVA}`,
      { route: "invoke", region: "us-west-2", family: "amazon.nova-custom" },
    ],
  ])("say what they say in any order: %s", (text, said) =>
    expect(parseModelName(text)).toEqual({ id: NOVA, ...said }),
  );

  it.each([
    ["the provider twice", `bedrock/bedrock/${NOVA}`],
    ["the provider in the middle", `converse/bedrock/${NOVA}`],
    ["two ways", `converse/invoke/${NOVA}`],
    ["the same way twice", `converse/converse/${NOVA}`],
    ["two Regions", `us-east-1/us-west-2/${NOVA}`],
    ["two families", `llama/nova/${NOVA}`],
    ["a word that is none", `eu/${NOVA}`],
    ["part of a word", `converse_li/${NOVA}`],
    ["more than the word", `converse-x/${NOVA}`],
    ["capitals", `Converse/${NOVA}`],
    ["the provider in capitals", `Bedrock/${NOVA}`],
    ["a Region in capitals", `US-WEST-2/${NOVA}`],
    ["what every object has", `constructor/${NOVA}`],
    ["what every object has as its kind", `__proto__/${NOVA}`],
    ["an empty word", `//${NOVA}`],
    ["an empty word after the provider", `bedrock//${NOVA}`],
    ["a host", `evil.com/${NOVA}`],
    ["a host that begins as a Region", `us-east-1.evil.com/${NOVA}`],
    ["a host with a user", `us-east-1@evil/${NOVA}`],
    ["a Region that goes on in another line", `us-east-1\n/${NOVA}`],
    ["a step up", `../${NOVA}`],
    ["no id", "bedrock/"],
    ["a way and no id", "bedrock/converse/"],
    ["a Region and no id", "us-east-1/"],
  ])("are not %s", (_, text) => expect(parseModelName(text)).toBeUndefined());

  it("are an id where nothing follows: they may be somebody's alias", () => {
    for (const id of ["bedrock", "converse", "us-east-1", "llama"])
      expect(parseModelName(id)).toEqual({ id });
  });
});

describe("an id", () => {
  it.each([
    "claude",
    "a",
    "A.B-c_d:0",
    "amazon.nova-pro-v1:0:51k",
    "deepseek.v3.2",
    "my_model",
    "0",
    "-",
    "constructor",
    "__proto__",
    "x".repeat(2048),
  ])("may be %s", (id) => expect(parseModelName(id)).toEqual({ id }));

  it.each([
    ["nothing", ""],
    ["a blank", " "],
    ["a blank before", ` ${NOVA}`],
    ["a blank behind", `${NOVA} `],
    ["a blank inside", "amazon. nova"],
    ["a dot", "."],
    ["two dots", ".."],
    ["dots before", "..amazon.nova"],
    ["a dot behind", "amazon.nova."],
    ["two dots inside", "amazon..nova"],
    ["a colon before", ":amazon.nova"],
    ["a colon behind", "amazon.nova:"],
    ["a dot and a colon", "amazon.:nova"],
    ["a slash behind", `${NOVA}/`],
    ["a slash inside", "amazon/nova"],
    ["a step up behind", `${NOVA}/..`],
    ["an encoded dot", "%2e%2e"],
    ["an encoded slash", "amazon%2fnova"],
    ["a query", `${NOVA}?x=1`],
    ["a fragment", `${NOVA}#x`],
    ["a semicolon", `${NOVA};x`],
    ["a backslash", "amazon\\nova"],
    ["a NUL", `${NOVA}\0`],
    ["the end of a line", `${NOVA}\n`],
    ["a carriage return", `${NOVA}\r`],
    ["a tab", `\t${NOVA}`],
    ["a line separator", `${NOVA}\u2028`],
    ["a dot that only looks like it", "amazon․nova"],
    ["a full width slash", "us-east-1／amazon.nova"],
    ["a letter that only looks like it", "аmazon.nova"],
    ["a mark that shows nothing", "amazon.nova\u200b"],
    ["half a surrogate pair", "amazon.nova\ud800"],
    ["a star", "amazon.*"],
    ["brackets that are no context size", `${NOVA}[latest]`],
    ["a context size and more", `${NOVA}[1m]x`],
    ["a context size alone", "[1m]"],
    ["a URL", "https://evil.com/model"],
    ["more than AWS takes", "x".repeat(2049)],
  ])("is not %s", (_, text) => expect(parseModelName(text)).toBeUndefined());

  it("loses the context size that people write behind it, ARNs too", () => {
    for (const size of ["[1m]", "[200k]", "[1M]"]) {
      expect(parseModelName(`us-west-2/${NOVA}${size}`)).toEqual({ id: NOVA, region: "us-west-2" });
      expect(parseModelName(`${ARN}${size}`)?.id).toBe(ARN);
    }
  });

  it("that says Stability twice is Stability's, at its own id", () => {
    expect(parseModelName("bedrock/stability.stability.sd3-large-v1:0")).toEqual({
      id: "stability.sd3-large-v1:0",
    });
    expect(parseModelName("stability.stabilitymodel")?.id).toBe("stability.stabilitymodel");
  });

  it("of a server of one's own may be a path, but none that climbs", () => {
    expect(parseModelName("converse_like/org/model@v2")).toEqual({
      id: "org/model@v2",
      route: "converse-like",
    });
    for (const id of ["../model", "org/../model", "org//model", "/model", "org/", "http://x", "a?b"])
      expect(parseModelName(`converse_like/${id}`)).toBeUndefined();
  });

  it("that begins as an ARN is one, or nothing", () => {
    expect(parseModelName(`bedrock/${ARN}`)).toEqual({
      id: ARN,
      arn: { region: "eu-west-1", kind: "imported-model", name: "abc123def456" },
    });
    for (const text of ["arn:", "arn:aws", "arn:aws:s3:::bucket", `${ARN}/..`, `converse_like/${ARN}?x`])
      expect(parseModelName(text)).toBeUndefined();
    expect(parseModelName(ARN.toUpperCase())).toBeUndefined();
  });
});
