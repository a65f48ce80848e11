import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Finding } from "../../../integrations/command/doctor/finding.ts";
import { examine } from "../../../integrations/command/doctor/examine.ts";
import {
  type BedrockEmulator,
  EMULATOR_CREDENTIALS,
  startBedrockEmulator,
} from "../../../src/testing/index.ts";
import { type, type Shown, type TerminalFacts } from "../../support/terminal.ts";
import { session } from "../../support/aws-identity/keys.ts";
import { startSts } from "../../support/aws-identity/sts.ts";
import { LISTS } from "../../support/lists.ts";

const SECRET = EMULATOR_CREDENTIALS.secretAccessKey;
let bedrock: BedrockEmulator;
let folder: string;

beforeAll(async () => {
  bedrock = await startBedrockEmulator();
  folder = await mkdtemp(join(tmpdir(), "doctor-"));
});
afterAll(async () => {
  await bedrock.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  for (const name of ["AWS_BEARER_TOKEN_BEDROCK", "AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_DEFAULT_REGION"])
    vi.stubEnv(name, undefined);
  vi.stubEnv("AWS_ACCESS_KEY_ID", EMULATOR_CREDENTIALS.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", SECRET);
  vi.stubEnv("AWS_REGION", "us-east-1");
  vi.stubEnv("AWS_CONFIG_FILE", join(folder, "none"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "none"));
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
});
afterEach(() => {
  vi.unstubAllEnvs();
  bedrock.reset();
});

/** The environment reaches the SDK by itself; the command is told it. */
const doctor = (words: readonly string[] = [], facts: TerminalFacts = {}): Promise<Shown> =>
  type(["doctor", "--endpoint", bedrock.url, ...words], {
    environment: Object.fromEntries(
      Object.entries(process.env).filter(([name]) => name.startsWith("AWS_")),
    ) as Record<string, string>,
    ...facts,
  });

async function findings(words: readonly string[] = []): Promise<Record<string, Finding>> {
  const { out } = await doctor([...words, "--json"]);
  const { findings: found } = JSON.parse(out) as { findings: Finding[] };
  return Object.fromEntries(found.map((finding) => [finding.check, finding]));
}

const operations = (): (string | undefined)[] => bedrock.requests.map(({ operation }) => operation);

describe("an account in order", () => {
  it("has every way to Bedrock tried once, and exits with 0", async () => {
    const { exitCode, out } = await doctor();
    expect(exitCode).toBe(0);
    const lines = out.trimEnd().split("\n");
    expect(lines.map((line) => line.slice(0, 19).trimEnd())).toEqual([
      "✓ Region",
      "✓ Credentials",
      "✓ Models",
      "✓ Converse",
      "✓ Converse stream",
      "✓ Embeddings",
      "✓ OpenAI, runtime",
      "✓ OpenAI, mantle",
      "✓ Rerank",
      "✓ Guardrail checks",
    ]);
    expect(operations()).toEqual(
      expect.arrayContaining([
        "Converse",
        "ConverseStream",
        "InvokeModel",
        "Rerank",
        "InvokeGuardrailChecks",
      ]),
    );
  });

  it("pays for one token of each conversation", async () => {
    await doctor();
    const sent = bedrock.requests.filter(({ operation }) => operation?.startsWith("Converse"));
    expect(sent).toHaveLength(2);
    for (const { body } of sent) expect(body).toMatchObject({ inferenceConfig: { maxTokens: 1 } });
  });

  it("reads what it costs before anything is spent, and nothing is with --no-calls", async () => {
    const { err } = await doctor();
    expect(err).toMatch(/^Checking with up to 7 tiny calls/);
    bedrock.reset();
    const { exitCode, out } = await doctor(["--no-calls"]);
    expect(exitCode).toBe(0);
    expect(out).toContain("✓ Models");
    expect(operations().filter((operation) => !/^(Mantle)?List/.test(operation ?? ""))).toEqual([]);
  });

  it("has only the named model called, with its own kind of request", async () => {
    const { Rerank: rerank, ...others } = await findings(["--model", "cohere.rerank-v3-5:0"]);
    expect(rerank).toMatchObject({ level: "ok" });
    expect(Object.keys(others)).toEqual(["Region", "Credentials", "Models"]);
  });

  it("makes no picture, which costs more than a check is worth", async () => {
    const { Model: model } = await findings(["--model", "amazon.nova-canvas-v1:0"]);
    expect(model).toMatchObject({ level: "skipped" });
    expect(operations()).not.toContain("InvokeModel");
  });
});

describe("where things come from", () => {
  it("tells who named the Region", async () => {
    expect((await findings(["--no-calls"]))["Region"]?.detail).toBe("us-east-1 (AWS_REGION)");
    expect((await findings(["--no-calls", "--region", "us-west-2"]))["Region"]?.detail).toBe(
      "us-west-2 (--region)",
    );
    vi.stubEnv("AWS_DEFAULT_REGION", "eu-west-1");
    for (const none of [undefined, "", " "]) {
      vi.stubEnv("AWS_REGION", none);
      expect((await findings(["--no-calls"]))["Region"]?.detail).toBe("eu-west-1 (AWS_DEFAULT_REGION)");
    }
  });

  it("tells a profile's Region and keys", async () => {
    const file = join(folder, "config");
    await writeFile(
      file,
      "[profile dev]\nregion = eu-north-1\naws_access_key_id = AKIAPROFILE00001234\naws_secret_access_key = s3cr3t\n",
    );
    for (const name of ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
      vi.stubEnv(name, undefined);
    vi.stubEnv("AWS_CONFIG_FILE", file);
    const { Region: region, Credentials: credentials } = await findings(["--no-calls", "--profile", "dev"]);
    expect(region?.detail).toBe("eu-north-1 (profile 'dev')");
    expect(credentials?.detail).toBe("access key …1234 (long-term, profile 'dev')");
  });

  it("tells temporary keys of the environment, and until when they are good", async () => {
    vi.stubEnv("AWS_SESSION_TOKEN", "session-token");
    vi.stubEnv("AWS_CREDENTIAL_EXPIRATION", "2099-01-01T00:00:00Z");
    const { Credentials: credentials } = await findings(["--no-calls"]);
    expect(credentials?.detail).toBe(
      "access key …0000 (temporary, AWS_ACCESS_KEY_ID, until 2099-01-01T00:00:00Z)",
    );
  });

  it("tells a Bedrock API key, and one that has run out", async () => {
    vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", "ABSK0123456789");
    expect((await findings(["--no-calls"]))["Credentials"]?.detail).toBe(
      "Bedrock API key (long-term, AWS_BEARER_TOKEN_BEDROCK)",
    );
    vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", shortTermKey("20200101T000000Z", "us-east-1"));
    const { exitCode, out } = await doctor(["--no-calls"]);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/✗ Credentials .*until 2020-01-01T12:00:00\.000Z.*expired\n.*Do: Make a new API key/);
  });

  it("tells which role was taken on, and which entry's could not be", async () => {
    const sts = await startSts([EMULATOR_CREDENTIALS]);
    vi.stubEnv("AWS_ENDPOINT_URL_STS", sts.url);
    sts.gives = ({ role }) =>
      role.endsWith("/closed")
        ? { status: 403, code: "AccessDenied", message: `not ${role}` }
        : session(role.slice(role.lastIndexOf("/") + 1));
    const arn = "arn:aws:iam::123456789012:role/";
    const file = join(folder, "roles.yaml");
    await writeFile(
      file,
      JSON.stringify({
        role: { arn: `${arn}team/hub` },
        models: {
          open: { model: "amazon.nova-lite-v1:0", role: { arn: `${arn}spoke` } },
          closed: { model: "amazon.nova-lite-v1:0", role: { arn: `${arn}closed` } },
          "closed-too": { model: "amazon.nova-pro-v1:0", role: { arn: `${arn}closed` } },
          plain: "amazon.nova-lite-v1:0",
        },
      }),
    );
    const { out, exitCode } = await doctor(["--no-calls", "--config", file]);
    await sts.close();
    expect(out).toMatch(/✓ Credentials .*\(temporary, the role 'hub'\)/);
    expect(out).toMatch(/✓ Entry .*'open': access key …\w{4} \(temporary, the role 'spoke'\)/);
    expect(out).toMatch(
      /! Entry .*'closed': AWS STS did not give this server the role 'closed'.*\n.*Do: Have the role's/,
    );
    expect(out).not.toMatch(/closed-too|123456789012/);
    expect(exitCode).toBe(0);
  });

  it("tells an API key of another Region", async () => {
    vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", shortTermKey("20990101T000000Z", "eu-west-1"));
    const { Credentials: credentials } = await findings(["--no-calls"]);
    expect(credentials).toMatchObject({ level: "failure" });
    expect(credentials?.cure).toContain("--region eu-west-1");
  });

  it("never shows a secret, a token or a key", async () => {
    const key = shortTermKey("20990101T000000Z", "us-east-1");
    vi.stubEnv("AWS_SESSION_TOKEN", "very-secret-token");
    const first = await doctor();
    vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", key);
    const second = await doctor();
    for (const { out, err } of [first, second])
      for (const secret of [SECRET, "very-secret-token", key, EMULATOR_CREDENTIALS.accessKeyId])
        expect(out + err).not.toContain(secret);
  });

  it("sends the request that it signs to look at nowhere but to itself", async () => {
    await doctor(["--no-calls"]);
    expect(operations()).not.toContain("Converse");
  });
});

describe("an account in trouble", () => {
  const DENIED = {
    name: "AccessDeniedException",
    message:
      "User: arn:aws:sts::123456789012:assumed-role/app/x is not authorized to perform: bedrock:InvokeModel on resource: " +
      "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0 because no identity-based policy allows it",
  };

  it("reads which action to allow on which resource", async () => {
    bedrock.refuse("Converse", DENIED, Infinity);
    const { exitCode, out } = await doctor();
    expect(exitCode).toBe(1);
    expect(out).toMatch(/✗ Converse {10}This AWS identity may not call 'amazon\.nova-micro-v1:0'\./);
    expect(out).toContain(
      "Do: Have an IAM policy allow bedrock:InvokeModel on arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0",
    );
    expect(out).toContain("✓ Converse stream");
  });

  it("has another vendor's model tried where one is closed", async () => {
    bedrock.refuse("Converse", DENIED, 1);
    const { Converse: converse } = await findings();
    expect(converse).toMatchObject({ level: "ok" });
    expect(converse?.detail).toMatch(/answered.*; closed to this account: amazon\.nova-micro-v1:0$/);
  });

  it("is warned, not failed, by what not everybody needs", async () => {
    bedrock.refuse("Rerank", { ...DENIED, message: "not authorized to perform: bedrock:Rerank" }, Infinity);
    const { exitCode, out } = await doctor();
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^! Rerank/m);
    expect(out).toContain("Have an IAM policy allow bedrock:Rerank on *.");
  });

  it.each([
    ["ThrottlingException", "Too many requests", "warning", "throttling"],
    ["ServiceQuotaExceededException", "quota", "warning", "Service Quotas"],
    ["ValidationException", "Something is off", "failure", undefined],
    [
      "ExpiredTokenException",
      "The security token included in the request is expired",
      "failure",
      "Renew them",
    ],
    [
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
      "failure",
      "does not know",
    ],
    [
      "InvalidSignatureException",
      "Signature expired: 20261122T100000Z is now earlier than 20261122T110000Z",
      "failure",
      "The clock of this machine",
    ],
    [
      "ResourceNotFoundException",
      "Model use case details have not been submitted.",
      "failure",
      "use case form",
    ],
    [
      "ValidationException",
      "Invocation of model ID x with on-demand throughput isn’t supported. Retry with an inference profile.",
      "failure",
      "profiles",
    ],
  ] as const)("reads what to do about %s: %s", async (name, message, level, cure) => {
    bedrock.refuse("Converse", { name, message }, Infinity);
    const { Converse: converse } = await findings();
    expect(converse?.level).toBe(level);
    if (cure !== undefined) expect(converse?.cure).toContain(cure);
    else expect(converse?.detail).toContain(message);
  });

  it("whose answers break off does not pass for one that answers", async () => {
    const broken = { fault: { kind: "truncate", afterEvents: 2 } } as const;
    // The whole answer is asked for three times, the stream that has begun once.
    bedrock.enqueue(broken, broken, broken, broken);
    const { Chat: chat, "Chat, streamed": stream } = await findings(["--model", "us.amazon.nova-pro-v1:0"]);
    expect(chat).toMatchObject({ level: "failure" });
    expect(stream).toMatchObject({ level: "failure" });
    expect(stream?.detail).toContain("broke off");
  });

  it("in whose list no model is one for Converse is not passed off as ready", async () => {
    for (const operation of ["ListFoundationModels", "ListInferenceProfiles"])
      bedrock.refuse(operation, DENIED, Infinity);
    const { Converse: converse, Models: models } = await findings();
    expect(models?.cure).toContain("bedrock:ListFoundationModels");
    expect(converse).toMatchObject({ level: "failure", cure: "Name a model: --model." });
  });

  it("with nobody's credentials reads that once, and has nothing else tried", async () => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, undefined);
    const { exitCode, out } = await doctor();
    expect(exitCode).toBe(1);
    expect(out).toContain("✗ Credentials       No AWS credentials were found.");
    expect(out).toContain("aws configure");
    expect(bedrock.requests).toHaveLength(0);
  });

  it.each([[[]], [["--profile", "typo"]]])("whose profile's name is wrong reads it, by %j", async (words) => {
    if (words.length === 0) vi.stubEnv("AWS_PROFILE", "typo");
    const { exitCode, out } = await doctor(words);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/✗ Credentials .*'typo' was not found.*\n.*Do: .*list-profiles/);
  });

  it("whose web identity lies in a file that is not there reads which one", async () => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, undefined);
    vi.stubEnv("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/pod");
    vi.stubEnv("AWS_WEB_IDENTITY_TOKEN_FILE", join(folder, "gone"));
    const { out } = await doctor();
    expect(out).toMatch(/✗ Credentials .*gone.*\n.*Do: Check that the file is there/);
  });

  it("whose key ends in a line break, as files of secrets do, reads which one", async () => {
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", `${SECRET}\n`);
    const { exitCode, out } = await doctor();
    expect(exitCode).toBe(1);
    expect(out).toMatch(
      /✗ Credentials .*holds a line break.*AWS_SECRET_ACCESS_KEY.*\n.*Do: Take the line break/,
    );
    expect(out).not.toContain(SECRET);
  });

  it.each([undefined, "us east 1"])(
    "without a Region still reads which credentials it has: %s",
    async (none) => {
      vi.stubEnv("AWS_REGION", none);
      const { exitCode, out } = await doctor();
      expect(exitCode).toBe(1);
      expect(out).toContain("✗ Region");
      expect(out).toContain("✓ Credentials       access key …0000");
    },
  );

  it("that cannot reach AWS reads why, and which proxy is not used", async () => {
    const gone = await startBedrockEmulator();
    await gone.close();
    const { exitCode, out } = await type(["doctor", "--endpoint", gone.url], {
      environment: { HTTPS_PROXY: "http://proxy:3128" },
    });
    expect(exitCode).toBe(1);
    expect(out).toMatch(/✗ Models .*ECONNREFUSED/);
    expect(out).toContain("! Proxy");
    expect(out).not.toContain("Converse");
  });

  it("that may not list models reads that it can name one", async () => {
    for (const operation of LISTS) bedrock.refuse(operation, DENIED, Infinity);
    const { exitCode, out } = await doctor();
    expect(exitCode).toBe(1);
    expect(out).toMatch(/✗ Models .*\n.*--model/);
    const named = await doctor(["--model", "us.amazon.nova-pro-v1:0"]);
    expect(named.exitCode).toBe(0);
    expect(named.out).toMatch(/^! Models/m);
  });

  it("waits for nothing longer than it should", async () => {
    bedrock.enqueue(
      { fault: { kind: "stall", afterEvents: -1 } },
      { fault: { kind: "stall", afterEvents: -1 } },
    );
    const steps = examine(
      {
        flags: {},
        settings: { isEmulator: true, options: { endpoint: bedrock.url, region: "us-east-1" } },
        environment: {},
      },
      { model: "us.amazon.nova-pro-v1:0", calls: true, patience: 1_500 },
    );
    const found: Finding[] = [];
    for await (const some of steps) found.push(...some);
    expect(found.filter(({ level }) => level === "failure").map(({ check }) => check)).toEqual([
      "Chat",
      "Chat, streamed",
    ]);
    expect(found.at(-1)?.detail).toBe("no answer within 1.5 s");
  });
});

describe("what it looks like", () => {
  it("is coloured where colours are wanted, and plain where a terminal knows no signs", async () => {
    const colours = await doctor(["--no-calls"], { colours: true });
    expect(colours.out).toContain("\u001B[32m✓");
    const dumb = await doctor(["--no-calls"], { environment: { TERM: "dumb" } });
    expect(dumb.out).toMatch(/^ok Region/m);
    expect(dumb.out).not.toContain("✓");
  });
});

/** As AWS's generator makes them: a presigned URL in base64. */
function shortTermKey(made: string, region: string): string {
  const url =
    "bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Algorithm=AWS4-HMAC-SHA256" +
    `&X-Amz-Credential=AKIA%2F${made.slice(0, 8)}%2F${region}%2Fbedrock%2Faws4_request` +
    `&X-Amz-Date=${made}&X-Amz-Expires=43200&X-Amz-Signature=abc&Version=1`;
  return `bedrock-api-key-${Buffer.from(url).toString("base64")}`;
}
