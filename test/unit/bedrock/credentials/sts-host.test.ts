import nock from "nock";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { createClients } from "../../../../src/bedrock/clients/clients.ts";
import type { BedrockOpenAIOptions } from "../../../../src/options.ts";
import { resolveOptions } from "../../../../src/resolve-options.ts";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const role = { arn: "arn:aws:iam::123456789012:role/bedrock" };

beforeAll(() => nock.disableNetConnect());
beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
});
afterEach(() => {
  vi.unstubAllEnvs();
  nock.cleanAll();
});
afterAll(() => {
  nock.restore();
  nock.enableNetConnect();
});

const ANSWER = (action: string): string =>
  `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials>` +
  "<AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>" +
  `<Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></${action}Result></${action}Response>`;

/** Takes the role on, where nothing but this host answers. */
async function takenFrom(host: string, options: BedrockOpenAIOptions): Promise<string> {
  const action = options.webIdentityToken ? "AssumeRoleWithWebIdentity" : "AssumeRole";
  const scope = nock(`https://${host}`).post("/").reply(200, ANSWER(action), { "content-type": "text/xml" });
  const clients = createClients(resolveOptions({ role, ...options }));
  const { config } = await clients.runtime();
  const { accessKeyId } = await config.credentials();
  scope.done();
  return accessKeyId;
}

it.each<[string, BedrockOpenAIOptions]>([
  ["sts.eu-central-1.amazonaws.com", { region: "eu-central-1" }],
  ["sts.us-gov-west-1.amazonaws.com", { region: "us-gov-west-1" }],
  ["sts.cn-north-1.amazonaws.com.cn", { region: "cn-north-1" }],
  ["sts-fips.us-east-1.amazonaws.com", { region: "us-east-1", fips: true }],
  ["sts.us-east-1.api.aws", { region: "us-east-1", dualStack: true }],
  [
    "sts-fips.us-east-1.amazonaws.com",
    {
      region: "us-east-1",
      fips: true,
      endpoint: "https://vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com",
    },
  ],
])("a role is taken on at %s, with %o", async (host, options) => {
  expect(await takenFrom(host, { credentials, ...options })).toBe("ASIAROLE");
  expect(await takenFrom(host, { webIdentityToken: "a.b.c", ...options })).toBe("ASIAROLE");
});

it("a word of the environment that means nothing leads to no host of AWS STS's", async () => {
  vi.stubEnv("AWS_USE_FIPS_ENDPOINT", "True");
  const options = {
    region: "us-east-1",
    endpoint: "https://vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com",
  };
  const refused = /'AWS_USE_FIPS_ENDPOINT' must be 'true' or 'false'/;
  for (const access of [{ credentials }, { webIdentityToken: "a.b.c" }])
    await expect(takenFrom("sts.us-east-1.amazonaws.com", { ...access, ...options })).rejects.toThrow(
      refused,
    );
});

it("FIPS of the environment is AWS STS's too", async () => {
  vi.stubEnv("AWS_USE_FIPS_ENDPOINT", "true");
  const options = { credentials, region: "us-west-2" };
  expect(await takenFrom("sts-fips.us-west-2.amazonaws.com", options)).toBe("ASIAROLE");
});
