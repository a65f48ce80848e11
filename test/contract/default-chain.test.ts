import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type BedrockOpenAIHandler,
  type BedrockOpenAIOptions,
  createBedrockOpenAIHandler,
} from "../../src/index.ts";
import { type BedrockEmulator, startBedrockEmulator } from "../../src/testing/index.ts";
import { OURS, signersOf } from "../support/accounts.ts";
import { startContainer } from "../support/aws-identity/container.ts";
import { startImds } from "../support/aws-identity/imds.ts";
import { type Session, session } from "../support/aws-identity/keys.ts";
import { signIn, startSsoPortal } from "../support/aws-identity/sso-portal.ts";
import { startSts } from "../support/aws-identity/sts.ts";
import { NOVA } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";

/** Every place where the AWS SDK looks by itself, from a stand-in of each to a Bedrock that takes nobody else's signature. */

const GOOD = session("chain");

let bedrock: BedrockEmulator;
let home: string;
let ends: (() => unknown)[];
let logged: unknown[];
beforeEach(async () => {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  home = mkdtempSync(join(tmpdir(), "bedrock-openai-"));
  mkdirSync(join(home, ".aws"));
  vi.stubEnv("HOME", home);
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  bedrock = await startBedrockEmulator({ credentials: GOOD });
  logged = [];
  ends = [() => bedrock.close(), () => rmSync(home, { recursive: true })];
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const end of ends) await end();
});

const config = (text: string): void => writeFileSync(join(home, ".aws", "config"), text);

async function open<T extends { close(): unknown }>(starting: Promise<T>): Promise<T> {
  const started = await starting;
  ends.push(() => started.close());
  return started;
}

const ask = (options?: BedrockOpenAIOptions): Promise<Response> =>
  handlerOf(options)(chatRequest({ model: NOVA }));

const handlerOf = (options: BedrockOpenAIOptions = {}): BedrockOpenAIHandler => {
  const log = (...words: unknown[]): void => void logged.push(...words);
  return createBedrockOpenAIHandler({
    endpoint: bedrock.url,
    region: "us-east-1",
    retries: 0,
    logger: { error: log, warn: log },
    ...options,
  });
};

/** What Bedrock is called by, and what the caller gets. */
async function served(options?: BedrockOpenAIOptions): Promise<[number, ...string[]]> {
  const response = await ask(options);
  await response.text();
  return [response.status, ...signersOf(bedrock)];
}
const SERVED = [200, `${GOOD.accessKeyId} us-east-1/bedrock`];

const inEnvironment = ({ accessKeyId, secretAccessKey, sessionToken }: Session): void => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", secretAccessKey);
  vi.stubEnv("AWS_SESSION_TOKEN", sessionToken);
};

describe("a call reaches Bedrock by", () => {
  it("keys of the environment, with their session token", async () => {
    inEnvironment(GOOD);
    expect(await served()).toEqual(SERVED);
    expect(bedrock.requests[0]!.headers["x-amz-security-token"]).toBe(GOOD.sessionToken);
  });

  it.each([{}, { profile: "work" }])("a profile of the files, %j", async (options) => {
    if (!options.profile) vi.stubEnv("AWS_PROFILE", "work");
    config(
      `[profile work]\naws_access_key_id=${GOOD.accessKeyId}\naws_secret_access_key=${GOOD.secretAccessKey}\n` +
        `aws_session_token=${GOOD.sessionToken}\n`,
    );
    expect(await served(options)).toEqual(SERVED);
  });

  it("a profile that takes on a role by another one", async () => {
    const sts = await open(startSts([OURS]));
    sts.gives = () => GOOD;
    vi.stubEnv("AWS_ENDPOINT_URL_STS", sts.url);
    config(
      `[profile base]\naws_access_key_id=${OURS.accessKeyId}\naws_secret_access_key=${OURS.secretAccessKey}\n` +
        "[profile work]\nsource_profile=base\nrole_arn=arn:aws:iam::123456789012:role/r\nexternal_id=e-1\n",
    );
    expect(await served({ profile: "work" })).toEqual(SERVED);
    expect(sts.calls).toMatchObject([{ externalId: "e-1", signedBy: OURS.accessKeyId }]);
  });

  it.each([
    [
      "a session",
      "my",
      "[profile sso]\nsso_session=my\n%\n[sso-session my]\nsso_region=us-east-1\nsso_start_url=https://my.awsapps.com/start\n",
    ],
    [
      "a start URL",
      "https://my.awsapps.com/start",
      "[profile sso]\n%\nsso_region=us-east-1\nsso_start_url=https://my.awsapps.com/start\n",
    ],
  ])("single sign-on of %s", async (_, name, text) => {
    const portal = await open(startSsoPortal("signed-in", () => GOOD));
    vi.stubEnv("AWS_ENDPOINT_URL_SSO", portal.url);
    config(text.replace("%", "sso_account_id=123456789012\nsso_role_name=dev"));
    signIn(home, name, "signed-in");
    expect(await served({ profile: "sso" })).toEqual(SERVED);
    expect(portal.asked[0]!.target).toContain("role_name=dev");
  });

  it("a process of the profile's", async () => {
    const { expiration, accessKeyId, secretAccessKey, sessionToken } = GOOD;
    const said = {
      Version: 1,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: expiration.toISOString(),
    };
    writeFileSync(join(home, "said.json"), JSON.stringify(said));
    config(`[profile tool]\ncredential_process=cat ${join(home, "said.json")}\n`);
    expect(await served({ profile: "tool" })).toEqual(SERVED);
  });

  it("a web identity of the environment, as EKS gives it to pods", async () => {
    const sts = await open(startSts([]));
    sts.gives = () => GOOD;
    vi.stubEnv("AWS_ENDPOINT_URL_STS", sts.url);
    writeFileSync(join(home, "token"), "eyJh.eyJz.c2ln");
    vi.stubEnv("AWS_WEB_IDENTITY_TOKEN_FILE", join(home, "token"));
    vi.stubEnv("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/pod");
    vi.stubEnv("AWS_ROLE_SESSION_NAME", "pod-1");
    expect(await served()).toEqual(SERVED);
    expect(sts.calls).toMatchObject([
      { action: "AssumeRoleWithWebIdentity", sessionName: "pod-1", webIdentityToken: "eyJh.eyJz.c2ln" },
    ]);
  });

  it("the role of an ECS task", async () => {
    const container = await open(startContainer("task-token", () => GOOD));
    vi.stubEnv("AWS_CONTAINER_CREDENTIALS_FULL_URI", `${container.url}/v2/credentials/1`);
    vi.stubEnv("AWS_CONTAINER_AUTHORIZATION_TOKEN", "task-token");
    expect(await served()).toEqual(SERVED);
    expect(container.asked.map(({ target }) => target)).toEqual(["/v2/credentials/1"]);
  });

  it("EKS Pod Identity, whose token lies in a file", async () => {
    const container = await open(startContainer("pod-token", () => GOOD));
    writeFileSync(join(home, "eks-token"), "pod-token");
    vi.stubEnv("AWS_CONTAINER_CREDENTIALS_FULL_URI", `${container.url}/v1/credentials`);
    vi.stubEnv("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", join(home, "eks-token"));
    expect(await served()).toEqual(SERVED);
  });

  it("the role of an EC2 instance, by the second version of its metadata", async () => {
    const imds = await open(startImds("web-server", () => GOOD));
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", undefined);
    vi.stubEnv("AWS_EC2_METADATA_SERVICE_ENDPOINT", imds.url);
    expect(await served()).toEqual(SERVED);
    expect(imds.asked.map(({ method }) => method)[0]).toBe("PUT");
  });

  it("a Bedrock API key of the environment, for which nobody looks for credentials", async () => {
    const imds = await open(startImds("web-server", () => GOOD));
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", undefined);
    vi.stubEnv("AWS_EC2_METADATA_SERVICE_ENDPOINT", imds.url);
    vi.stubEnv("AWS_PROFILE", "missing");
    vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", "key-1");
    expect((await ask()).status).toBe(200);
    expect(signersOf(bedrock)).toEqual(["Bearer key-1"]);
    expect(imds.asked).toEqual([]);
  });

  it.each(["", " "])("keys beside a Bedrock API key that was left empty: '%s'", async (key) => {
    vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", key);
    inEnvironment(GOOD);
    expect(await served()).toEqual(SERVED);
  });
});

it("a switch of the environment that means nothing is told, not taken for off", async () => {
  inEnvironment(GOOD);
  vi.stubEnv("AWS_USE_FIPS_ENDPOINT", "True");
  // Were it not refused, this would be another host than the one that is named.
  const response = await ask({ endpoint: { control: bedrock.url } });
  expect([response.status, await response.json()]).toMatchObject([
    500,
    {
      error: {
        code: "aws_endpoint_error",
        message: expect.stringContaining("'AWS_USE_FIPS_ENDPOINT' must be 'true' or 'false'"),
      },
    },
  ]);
  expect(response.headers.get("x-should-retry")).toBe("false");
});

it("an address of the environment that is none is named, and not a fault of the server's that nobody can find", async () => {
  inEnvironment(GOOD);
  vi.stubEnv("AWS_ENDPOINT_URL", "127.0.0.1:4566");
  const response = await ask({ endpoint: { control: bedrock.url } });
  expect([response.status, await response.json()]).toMatchObject([
    500,
    {
      error: {
        code: "aws_endpoint_error",
        message: expect.stringContaining("'AWS_ENDPOINT_URL' must be an http(s) URL"),
      },
    },
  ]);
});

describe("a Region that the environment has left empty counts as not set:", () => {
  const ALL = ["AWS_REGION", "AWS_DEFAULT_REGION"];
  beforeEach(() => inEnvironment(GOOD));
  const leave = (value: string, names = ALL): void => {
    for (const name of names) vi.stubEnv(name, value);
  };
  const nowhere = { region: undefined } as never;

  it.each(["", " "])("that of the profile is called: '%s'", async (empty) => {
    config("[default]\nregion=eu-west-1\n");
    leave(empty);
    expect(await served(nowhere)).toEqual([200, `${GOOD.accessKeyId} eu-west-1/bedrock`]);
    expect(process.env["AWS_REGION"]).toBe(empty);
  });

  it("of several profiles that which is named", async () => {
    const keys = `aws_access_key_id=${GOOD.accessKeyId}\naws_secret_access_key=${GOOD.secretAccessKey}\naws_session_token=${GOOD.sessionToken}\n`;
    config(`[default]\nregion=eu-west-1\n[profile work]\nregion=eu-west-2\n${keys}`);
    leave("");
    expect(await served({ ...(nowhere as object), profile: "work" })).toEqual([
      200,
      `${GOOD.accessKeyId} eu-west-2/bedrock`,
    ]);
  });

  it("the other variable's is called", async () => {
    leave("", ["AWS_REGION"]);
    leave("eu-west-3", ["AWS_DEFAULT_REGION"]);
    expect(await served(nowhere)).toEqual([200, `${GOOD.accessKeyId} eu-west-3/bedrock`]);
  });

  const failed = async (): Promise<[number, string, string]> => {
    const response = await ask(nowhere);
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect(bedrock.requests).toEqual([]);
    return [response.status, error.code, error.message];
  };

  it.each(["", " "])("without any the answer says so: '%s'", async (empty) => {
    leave(empty);
    expect(await failed()).toEqual([500, "aws_region_missing", expect.stringContaining("AWS_REGION")]);
  });

  it.each(["us east 1", "us-east-1\n"])("but one that is none is named: %j", async (region) => {
    leave(region, ["AWS_REGION"]);
    expect(await failed()).toEqual([
      500,
      "aws_region_invalid",
      expect.stringContaining(JSON.stringify(region)),
    ]);
  });
});

describe("where nothing is found, the answer says what to do and AWS is not asked", () => {
  const refused = async (options?: BedrockOpenAIOptions): Promise<string> => refusal(await ask(options));
  const refusal = async (response: Response): Promise<string> => {
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect([response.status, error.code]).toEqual([401, "aws_credentials_missing"]);
    expect(response.headers.get("x-should-retry")).toBe("false");
    expect(bedrock.requests).toEqual([]);
    return error.message;
  };

  it("with no credentials anywhere", async () => {
    expect(await refused()).toMatch(/found no AWS credentials.*AWS_PROFILE, AWS_BEARER_TOKEN_BEDROCK/);
  });

  it.each([
    ["AWS_PROFILE", {}],
    ["the option `profile`", { profile: "typo" }],
    ["the option `profile`", { profile: "typo", role: { arn: "arn:aws:iam::123456789012:role/r" } }],
  ])("with a profile that is not there, whatever keys lie beside it: by %s, %j", async (who, options) => {
    inEnvironment(GOOD);
    if (!("profile" in options)) vi.stubEnv("AWS_PROFILE", "typo");
    const handler = handlerOf(options);
    // The second finds what the first has left.
    for (const request of [chatRequest({ model: NOVA }), chatRequest({ model: NOVA, stream: true })]) {
      const message = await refusal(await handler(request));
      expect(message).toMatch(/profile that .* names was not found or gives no credentials\..*not used/);
      expect(message).toContain(who);
      expect(message).not.toContain("typo");
    }
  });

  describe("with a file of a web identity token that cannot be read", () => {
    const ARN = "arn:aws:iam::123456789012:role/pod";
    beforeEach(() => vi.stubEnv("AWS_ROLE_ARN", ARN));

    it.each([
      ["is not there", "gone"],
      ["is a folder", "."],
    ])("since it %s", async (_, name) => {
      vi.stubEnv("AWS_WEB_IDENTITY_TOKEN_FILE", join(home, name));
      const message = await refused();
      expect(message).toMatch(/file of this server's web identity token.*cannot be read/);
      expect(message).not.toContain(home);
    });

    it("where a profile names it", async () => {
      config(`[profile pod]\nrole_arn=${ARN}\nweb_identity_token_file=${join(home, "gone")}\n`);
      expect(await refused({ profile: "pod" })).toContain("cannot be read");
    });

    it("and its role is to take on another one", async () => {
      vi.stubEnv("AWS_WEB_IDENTITY_TOKEN_FILE", join(home, "gone"));
      expect(await refused({ role: { arn: ARN } })).toContain("cannot be read");
    });
  });

  it.each([-5, undefined])("with a single sign-on that has ended or never began: %s", async (minutes) => {
    const url = "https://my.awsapps.com/start";
    config(
      `[profile sso]\nsso_account_id=123456789012\nsso_role_name=dev\nsso_region=us-east-1\nsso_start_url=${url}\n`,
    );
    if (minutes) signIn(home, url, "signed-in-before", minutes);
    const message = await refused({ profile: "sso" });
    expect(message).toContain("`aws sso login`");
    expect(message).not.toMatch(/123456789012|signed-in-before/);
  });

  it("with metadata that refuses, or is a container's of another's", async () => {
    const container = await open(startContainer("other-token", () => GOOD));
    vi.stubEnv("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.url);
    vi.stubEnv("AWS_CONTAINER_AUTHORIZATION_TOKEN", "task-token");
    expect(await refused()).not.toContain("task-token");
  });
});

it("a role of a profile that STS refuses is told from a model that is not allowed", async () => {
  const sts = await open(startSts([OURS]));
  const message =
    "User: arn:aws:iam::123456789012:user/dev is not authorized to perform: sts:AssumeRole on resource: " +
    "arn:aws:iam::210987654321:role/r";
  sts.gives = () => ({ status: 403, code: "AccessDenied", message });
  vi.stubEnv("AWS_ENDPOINT_URL_STS", sts.url);
  config(
    `[profile base]\naws_access_key_id=${OURS.accessKeyId}\naws_secret_access_key=${OURS.secretAccessKey}\n` +
      "[profile work]\nsource_profile=base\nrole_arn=arn:aws:iam::210987654321:role/r\n",
  );
  const response = await ask({ profile: "work" });
  const text = await response.text();
  expect(response.status).toBe(401);
  expect(JSON.parse(text)).toMatchObject({ error: { code: "aws_role_refused" } });
  expect(text).not.toMatch(/\d{12}/);
});
