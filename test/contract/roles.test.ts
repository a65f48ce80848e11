import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type BedrockOpenAIHandler,
  type BedrockOpenAIOptions,
  createBedrockOpenAIHandler,
} from "../../src/index.ts";
import { type BedrockEmulator, startBedrockEmulator } from "../../src/testing/index.ts";
import { OURS, signersOf } from "../support/accounts.ts";
import { credentialsFile } from "../support/aws-identity/credentials-file.ts";
import { session } from "../support/aws-identity/keys.ts";
import { type Sts, startSts } from "../support/aws-identity/sts.ts";
import { NOVA } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";

/** Roles that are taken on by a real AWS SDK, from an AWS STS on this machine, to call a Bedrock that knows only their credentials. */

const ROLE = "arn:aws:iam::123456789012:role/team/bedrock";
const HUB = "arn:aws:iam::111122223333:role/hub";

let sts: Sts;
let bedrock: BedrockEmulator;
let logged: unknown[];
beforeEach(async () => {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  sts = await startSts([OURS]);
  vi.stubEnv("AWS_ENDPOINT_URL_STS", sts.url);
  bedrock = await startBedrockEmulator({ credentials: session("bedrock") });
  logged = [];
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  await Promise.all([sts.close(), bedrock.close()]);
});

const handlerOf = (options: BedrockOpenAIOptions): BedrockOpenAIHandler => {
  const log = (...words: unknown[]): void => void logged.push(...words);
  return createBedrockOpenAIHandler({
    endpoint: bedrock.url,
    region: "eu-west-1",
    retries: 0,
    logger: { error: log, warn: log },
    ...options,
  });
};

const ask = (handler: BedrockOpenAIHandler, model = NOVA): Promise<Response> =>
  handler(chatRequest({ model }));

const WHO = session("bedrock").accessKeyId;

describe("a role", () => {
  it("is taken on by credentials, in all that is said of it, once for all calls and hosts", async () => {
    const handler = handlerOf({
      credentials: OURS,
      role: {
        arn: ROLE,
        externalId: "customer-7",
        sessionName: "invoices",
        tags: { team: "billing", stage: "prod" },
        durationSeconds: 1800,
      },
    });
    const answers = await Promise.all([1, 2, 3].map(() => ask(handler)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await ask(handler, "eu-west-3/amazon.nova-pro-v1:0")).status).toBe(200);
    expect((await handler(new Request("http://localhost/v1/models"))).status).toBe(200);
    expect(new Set(signersOf(bedrock).map((signer) => signer.split(" ")[0]))).toEqual(new Set([WHO]));
    expect(bedrock.requests[0]!.headers["x-amz-security-token"]).toBe("token-of-bedrock");
    expect(sts.calls).toEqual([
      {
        action: "AssumeRole",
        role: ROLE,
        sessionName: "invoices",
        externalId: "customer-7",
        duration: "1800",
        tags: { team: "billing", stage: "prod" },
        webIdentityToken: undefined,
        signedBy: OURS.accessKeyId,
        region: "eu-west-1",
      },
    ]);
  });

  it("is taken on by another role, and neither is by the other's credentials", async () => {
    const handler = handlerOf({ credentials: OURS, role: [{ arn: HUB }, { arn: ROLE, externalId: "x1" }] });
    expect((await ask(handler)).status).toBe(200);
    expect(sts.calls.map(({ role, signedBy, sessionName }) => ({ role, signedBy, sessionName }))).toEqual([
      { role: HUB, signedBy: OURS.accessKeyId, sessionName: "bedrock-openai" },
      { role: ROLE, signedBy: session("hub").accessKeyId, sessionName: "bedrock-openai" },
    ]);
  });

  it("is taken on by what the environment has, where nothing else is said", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", OURS.accessKeyId);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", OURS.secretAccessKey);
    vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", "key-of-the-environment");
    expect((await ask(handlerOf({ role: { arn: ROLE } }))).status).toBe(200);
    expect(signersOf(bedrock)).toEqual([`${WHO} eu-west-1/bedrock`]);
    expect(sts.calls.map(({ signedBy }) => signedBy)).toEqual([OURS.accessKeyId]);
  });

  it("is taken on by a profile, whatever keys lie in the environment", async () => {
    credentialsFile("hub").write(OURS);
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASOMEBODYELSE0000");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "else");
    const response = await ask(handlerOf({ profile: "hub", role: { arn: ROLE } }));
    expect(response.status).toBe(200);
    expect(sts.calls.map(({ signedBy }) => signedBy)).toEqual([OURS.accessKeyId]);
  });
});

describe("a role whose taker's keys were rotated in a file", () => {
  it.each<[string, BedrockOpenAIOptions]>([
    ["the default profile", {}],
    ["a profile by name", { profile: "default" }],
  ])("is taken on by the new ones, without a new start: %s", async (_, options) => {
    const file = credentialsFile();
    file.write({ accessKeyId: "AKIAROTATED000000000", secretAccessKey: "old" });
    const handler = handlerOf({ ...options, role: { arn: ROLE } });
    expect((await ask(handler)).status).toBe(401);
    file.write(OURS);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_000 });
    expect((await ask(handler)).status).toBe(200);
  });
});

describe("a role of a model's own", () => {
  const OTHER = "arn:aws:iam::444455556666:role/other";

  it("is taken on by the credentials of the options, not by their role", async () => {
    const handler = handlerOf({
      credentials: OURS,
      role: { arn: HUB },
      models: { partner: { model: NOVA, role: { arn: ROLE } } },
    });
    expect((await ask(handler, "partner")).status).toBe(200);
    expect(sts.calls.map(({ role, signedBy }) => [role, signedBy])).toEqual([[ROLE, OURS.accessKeyId]]);
  });

  it("is taken on by the entry's own credentials, and an entry with credentials has no role of the options'", async () => {
    const theirs = session("theirs");
    sts.gives = ({ role }) => session(role === OTHER ? "bedrock" : "wrong");
    const own = await startBedrockEmulator({ credentials: theirs });
    const handler = handlerOf({
      role: { arn: HUB },
      credentials: OURS,
      models: {
        plain: { model: NOVA, credentials: theirs, endpoint: own.url },
        taken: { model: NOVA, credentials: OURS, role: { arn: OTHER } },
      },
    });
    expect((await ask(handler, "plain")).status).toBe(200);
    expect(sts.calls).toEqual([]);
    expect((await ask(handler, "taken")).status).toBe(200);
    expect(sts.calls.map(({ role }) => role)).toEqual([OTHER]);
    await own.close();
  });

  it("goes with the entry that names who calls, not with one that leads to another", async () => {
    const handler = handlerOf({
      credentials: OURS,
      models: {
        near: { model: "far", credentials: session("bedrock") },
        far: { model: NOVA, role: { arn: HUB } },
        over: { model: "keyed", role: { arn: ROLE } },
        keyed: { model: NOVA, credentials: OURS },
      },
    });
    expect((await ask(handler, "near")).status).toBe(200);
    expect(sts.calls).toEqual([]);
    expect((await ask(handler, "over")).status).toBe(200);
    expect(sts.calls.map(({ role, signedBy }) => [role, signedBy])).toEqual([[ROLE, OURS.accessKeyId]]);
  });
});

describe("a web identity", () => {
  const JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhcHAifQ.c2lnbmF0dXJl";

  it.each([
    ["a token", () => JWT],
    ["a variable", () => ({ env: "MY_TOKEN" })],
    ["a function", () => async () => JWT],
  ])("takes on a role by %s, and nobody looks for AWS credentials", async (_, token) => {
    vi.stubEnv("MY_TOKEN", JWT);
    const handler = handlerOf({ webIdentityToken: token(), role: { arn: ROLE, durationSeconds: 900 } });
    expect((await ask(handler)).status).toBe(200);
    expect(sts.calls).toMatchObject([
      {
        action: "AssumeRoleWithWebIdentity",
        role: ROLE,
        webIdentityToken: JWT,
        duration: "900",
        sessionName: "bedrock-openai",
        signedBy: undefined,
      },
    ]);
  });

  it("is read from its file anew each time, since it is renewed there", async () => {
    const folder = mkdtempSync(join(tmpdir(), "bedrock-openai-"));
    const file = join(folder, "token");
    writeFileSync(file, `${JWT}\n`);
    sts.gives = () => session("bedrock", 4);
    const handler = handlerOf({ webIdentityToken: { file }, role: { arn: ROLE } });
    expect((await ask(handler)).status).toBe(200);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 5 * 60_000 });
    writeFileSync(file, "second.token.there");
    sts.gives = () => session("bedrock");
    expect((await ask(handler)).status).toBe(200);
    rmSync(folder, { recursive: true });
    expect(sts.calls.map(({ webIdentityToken }) => webIdentityToken)).toEqual([JWT, "second.token.there"]);
  });

  it("takes on the first of several roles only", async () => {
    const handler = handlerOf({
      webIdentityToken: JWT,
      role: [{ arn: HUB }, { arn: ROLE, externalId: "e1" }],
    });
    expect((await ask(handler)).status).toBe(200);
    expect(sts.calls.map(({ action, signedBy }) => [action, signedBy])).toEqual([
      ["AssumeRoleWithWebIdentity", undefined],
      ["AssumeRole", session("hub").accessKeyId],
    ]);
  });
});

describe("a role that AWS STS does not give", () => {
  const ACCOUNTS = /111122223333|123456789012/;
  const refuse = (code: string, status = 403): void => {
    sts.gives = ({ role }) => ({ status, code, message: `User: ${HUB} may not have ${role}` });
  };
  const answerOf = async (
    options: BedrockOpenAIOptions,
    stream = false,
  ): Promise<[number, Record<string, string>]> => {
    const response = await handlerOf(options)(chatRequest({ model: NOVA, stream }));
    const text = await response.text();
    expect(`${text} ${inspect(logged, { depth: 5 })}`).not.toMatch(ACCOUNTS);
    expect(bedrock.requests).toEqual([]);
    return [response.status, (JSON.parse(text) as { error: Record<string, string> }).error];
  };
  const USUAL: BedrockOpenAIOptions = { credentials: OURS, role: [{ arn: HUB }, { arn: ROLE }] };

  it.each<[string, RegExp]>([
    ["AccessDenied", /did not give this server the role 'hub' \(AccessDenied\)\. Its trust policy/],
    ["ExpiredToken", /'hub' \(ExpiredToken\)\. What it is taken on by has expired/],
    ["RegionDisabledException", /'hub' \(RegionDisabledException\)\. AWS STS is not enabled/],
    ["SomethingNew", /'hub' \(SomethingNew\)\. Check the role/],
  ])("for %s is named, without its account or AWS's own words", async (code, message) => {
    refuse(code);
    for (const stream of [false, true]) {
      const [status, error] = await answerOf(USUAL, stream);
      expect([status, error["code"], error["type"]]).toEqual([
        401,
        "aws_role_refused",
        "authentication_error",
      ]);
      expect(error["message"]).toMatch(message);
    }
  });

  it("is the one that was refused, of several", async () => {
    sts.gives = ({ role }) =>
      role === HUB ? session("hub") : { status: 403, code: "AccessDenied", message: `not ${role}` };
    const [, error] = await answerOf(USUAL);
    expect(error["message"]).toContain("'bedrock'");
  });

  it("for credentials that AWS does not know says so", async () => {
    const [status, error] = await answerOf({ ...USUAL, credentials: session("stranger") });
    expect([status, error["code"]]).toEqual([401, "aws_role_refused"]);
    expect(error["message"]).toContain("AWS does not know the credentials that it is taken on by");
  });

  it("for credentials that are not there is not AWS's refusal", async () => {
    const [status, error] = await answerOf({ role: { arn: ROLE } });
    expect([status, error["code"]]).toEqual([401, "aws_credentials_missing"]);
    expect(sts.calls).toEqual([]);
  });

  it.each([
    ["busy", () => refuse("Throttling", 400)],
    ["broken", () => refuse("InternalFailure", 500)],
    ["gone", () => vi.stubEnv("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:1")],
  ])("since it is %s may be given later", async (_, happen) => {
    happen();
    const [status, error] = await answerOf({ credentials: OURS, role: { arn: ROLE } });
    expect([status, error["code"]]).toEqual([503, "aws_sts_unavailable"]);
    expect(error["message"]).toContain("'bedrock'");
  });

  it("is not asked for by every call of a storm", async () => {
    refuse("AccessDenied");
    const handler = handlerOf({ credentials: OURS, role: { arn: ROLE } });
    for (let times = 0; times < 20; times += 1) expect((await ask(handler)).status).toBe(401);
    expect(sts.calls).toHaveLength(1);
  });

  it("by a token that is not there is told without asking", async () => {
    for (const webIdentityToken of [{ file: "/nonexistent/token" }, { env: "NO_SUCH_VARIABLE" }, () => ""]) {
      const [status, error] = await answerOf({ webIdentityToken, role: { arn: ROLE } });
      expect([status, error["code"]]).toEqual([401, "aws_credentials_missing"]);
      expect(error["message"]).toMatch(/web identity token/);
    }
    expect(sts.calls).toEqual([]);
  });
});
