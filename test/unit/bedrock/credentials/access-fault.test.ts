import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { describe, expect, it } from "vitest";
import { type BedrockOpenAIOptions, createBedrockOpenAIHandler, type Role } from "../../../../src/index.ts";

const ARN = "arn:aws:iam::123456789012:role/team/bedrock";
const role = { arn: ARN };
const credentials = { accessKeyId: "AKIAOURS", secretAccessKey: "ours" };
const client = new BedrockRuntimeClient({ region: "us-east-1", credentials });

describe("access that makes no sense is refused at the start", () => {
  it.each<[string, BedrockOpenAIOptions, RegExp]>([
    ["a token without a role", { webIdentityToken: "a.b.c" }, /'webIdentityToken' needs the 'role'/],
    ["a key of a variable that is set and empty", { apiKey: "" }, /'apiKey' is empty/],
    ["a profile likewise", { profile: "" }, /'profile' is empty/],
    ...[{}, { accessKeyId: null, secretAccessKey: null }, "AKIAOURS", null, []].map(
      (none): [string, BedrockOpenAIOptions, RegExp] => [
        `credentials that are none: ${JSON.stringify(none)}`,
        { credentials: none as never },
        /'credentials' must be AWS credentials, \{ accessKeyId/,
      ],
    ),
    [
      "credentials of variables that are not set",
      { credentials: { accessKeyId: undefined, secretAccessKey: undefined } as never },
      /'credentials' must be AWS/,
    ],
    [
      "credentials of variables that are set and empty",
      { credentials: { accessKeyId: "", secretAccessKey: "" } },
      /'credentials' must be AWS/,
    ],
    ["half of them", { credentials: { ...credentials, secretAccessKey: "" } }, /'credentials' must be AWS/],
    ["a key with the end of its file", { apiKey: "s3cr3t\n" }, /'apiKey' holds a line break, a blank/],
    ["a key with a blank", { apiKey: " s3cr3t" }, /'apiKey' holds/],
    ...(["accessKeyId", "secretAccessKey", "sessionToken"] as const).map(
      (member): [string, BedrockOpenAIOptions, RegExp] => [
        `credentials with the end of a file in their ${member}`,
        { credentials: { ...credentials, [member]: "s3cr3t\r\n" } },
        new RegExp(`'credentials\\.${member}' holds a line break`),
      ],
    ),
    ["a role by a key", { role, apiKey: "k" }, /'role' and 'apiKey' exclude each other/],
    ["a role beside a client", { role, client }, /'role' and 'client' exclude each other/],
    ["two identities", { role, webIdentityToken: "t", credentials }, /'webIdentityToken' and 'credentials'/],
    [
      "a token and a profile",
      { role, webIdentityToken: "t", profile: "p" },
      /'webIdentityToken' and 'profile'/,
    ],
    [
      "an external id that no web identity carries",
      { role: { arn: ARN, externalId: "x1" }, webIdentityToken: "t" },
      /can have no 'externalId'/,
    ],
    ["tags likewise", { role: { arn: ARN, tags: {} }, webIdentityToken: "t" }, /can have no 'tags'/],
    ["no role in a list", { role: [] }, /'role' must be a role, \{ arn \}, or a list/],
    ["a text for a role", { role: ARN as never }, /'role' must be a role/],
    ["another ARN", { role: { arn: "arn:aws:iam::123456789012:user/x" } }, /'arn' must be a role's/],
    ["no ARN", { role: { arn: "bedrock" } }, /'arn' must be a role's/],
    ["a session name with spaces", { role: { arn: ARN, sessionName: "my app" } }, /'sessionName' must be/],
    ["an empty external id", { role: { arn: ARN, externalId: "" } }, /'externalId' must be/],
    ["tags that are no texts", { role: { arn: ARN, tags: { a: 1 as never } } }, /'tags' must be/],
    ["too short a session", { role: { arn: ARN, durationSeconds: 60 } }, /'durationSeconds' must be/],
    [
      "a long session of a second role",
      { role: [role, { arn: ARN, durationSeconds: 7_200 }] },
      /'durationSeconds' may be at most 3600/,
    ],
    [
      "an external id by another name",
      { role: { arn: ARN, externalID: "customer-7" } as Role },
      /of its 'role', there is no 'externalID'; known are arn, /,
    ],
    [
      "a token that lies nowhere",
      { role, webIdentityToken: { path: "/t" } as never },
      /'webIdentityToken' must be/,
    ],
    ["an empty token", { role, webIdentityToken: "" }, /'webIdentityToken' must be/],
    ["an empty file name", { role, webIdentityToken: { file: "" } }, /'webIdentityToken' must be/],
  ])("%s", (_, options, complaint) => {
    expect(() => createBedrockOpenAIHandler(options)).toThrow(TypeError);
    expect(() => createBedrockOpenAIHandler(options)).toThrow(complaint);
    expect(() => createBedrockOpenAIHandler(options)).not.toThrow(/s3cr3t/);
  });

  it.each<[string, BedrockOpenAIOptions, RegExp]>([
    [
      "by its own words",
      { models: { m: { role: { arn: "x" } } } },
      /'models' entry 'm': of its 'role', 'arn'/,
    ],
    [
      "by what the options say",
      { apiKey: "k", models: { m: { role } } },
      /'models' entry 'm': 'role' and 'apiKey' exclude/,
    ],
    [
      "by the entry that it leads to",
      { models: { near: { model: "far", role }, far: { model: "a.b", apiKey: "k" } } },
      /'models' entry 'near': 'role' and 'apiKey' exclude/,
    ],
    [
      "by its server, which is not AWS",
      { models: { m: { url: "http://a.b", role } } },
      /'role' is AWS's, and a server of your own/,
    ],
  ])("also in an entry, %s", (_, options, complaint) => {
    expect(() => createBedrockOpenAIHandler(options)).toThrow(complaint);
  });

  it("and everything else is taken", () => {
    const all: BedrockOpenAIOptions[] = [
      { role },
      { role: [role, role], credentials },
      { role, profile: "p" },
      { role, webIdentityToken: { env: "TOKEN" } },
      { role: { arn: "arn:aws-us-gov:iam::123456789012:role/x" } },
      { apiKey: async () => "k" },
      { role, webIdentityToken: "t", models: { m: { apiKey: "k" }, n: { role } } },
    ];
    for (const options of all) expect(() => createBedrockOpenAIHandler(options)).not.toThrow();
  });
});

it("a secret that is only signed with may be any words, as stand-ins for AWS have them", () => {
  const secretAccessKey = "the secret of acme";
  expect(() =>
    createBedrockOpenAIHandler({ credentials: { ...credentials, secretAccessKey } }),
  ).not.toThrow();
});
