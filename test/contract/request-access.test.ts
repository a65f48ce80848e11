import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BedrockOpenAIOptions, Caller } from "../../src/index.ts";
import { OURS, openAccounts, signersOf, THEIRS, type TwoAccounts } from "../support/accounts.ts";
import { session } from "../support/aws-identity/keys.ts";
import { type Sts, startSts } from "../support/aws-identity/sts.ts";
import { NOVA } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";

/** Requests that bring AWS credentials of their own, which an operator may let them. */

let accounts: TwoAccounts;
let sts: Sts;
beforeEach(async () => {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  accounts = await openAccounts();
  sts = await startSts([THEIRS]);
  vi.stubEnv("AWS_ENDPOINT_URL_STS", sts.url);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all([accounts.close(), sts.close()]);
});

/** A server whose own access is ours, and whose Bedrock is theirs: only what requests bring is taken there. */
const lending = (options: BedrockOpenAIOptions = {}) =>
  accounts.handlerOf(undefined, { endpoint: accounts.theirs.url, allowRequestCredentials: true, ...options });

const KEYS = {
  aws_access_key_id: THEIRS.accessKeyId,
  aws_secret_access_key: THEIRS.secretAccessKey,
};

const post = (path: string, body: object): Request =>
  new Request(`http://localhost/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

const GUARDRAIL = "arn:aws:bedrock:us-east-1:123456789012:guardrail/abc123:1";

const ENDPOINTS: [string, string, object][] = [
  ["chat", "/chat/completions", { model: NOVA, messages: [{ role: "user", content: "Hello" }] }],
  [
    "native chat",
    "/chat/completions",
    { model: "openai.gpt-oss-120b-1:0", messages: [{ role: "user", content: "Hello" }] },
  ],
  ["completions", "/completions", { model: NOVA, prompt: "Hello" }],
  ["embeddings", "/embeddings", { model: "amazon.titan-embed-text-v2:0", input: "Hello" }],
  ["images", "/images/generations", { model: "amazon.nova-canvas-v1:0", prompt: "a red car" }],
  ["rerank", "/rerank", { model: "cohere.rerank-v3-5:0", query: "capital", documents: ["Paris"] }],
  ["moderations", "/moderations", { model: GUARDRAIL, input: "Hello" }],
];

describe.each(ENDPOINTS)("%s", (_, path, body) => {
  it("is called by the access that the request brings, of which nothing reaches a body or an answer", async () => {
    const response = await lending()(
      post(path, {
        ...body,
        ...KEYS,
        extra_headers: { "x-team": "search" },
        aws_session_token: "their-token",
      }),
    );
    const text = await response.text();
    expect([response.status, text]).toEqual([200, text]);
    expect(signersOf(accounts.theirs)).toEqual([expect.stringContaining(`${THEIRS.accessKeyId} us-east-1/`)]);
    for (const { headers, body: sent } of accounts.theirs.requests) {
      expect(headers["x-team"]).toBe("search");
      expect(headers["x-amz-security-token"]).toBe("their-token");
      expect(JSON.stringify(sent)).not.toMatch(/aws_|extra_headers|AKIA|their-token/);
    }
    expect(accounts.ours.requests).toEqual([]);
    const adjustments = response.headers.get("x-bedrock-adjustments") ?? "";
    expect(adjustments).not.toMatch(/aws_|extra_headers/);
    expect(text + String(accounts.logged)).not.toContain(THEIRS.secretAccessKey);
  });

  it("is called by ours where nobody lets requests bring any, which is left out and said to be", async () => {
    const response = await accounts.handlerOf(undefined)(
      post(path, { ...body, ...KEYS, api_key: "k", aws_role_name: "arn:aws:iam::1:role/x" }),
    );
    expect(response.status).toBe(200);
    expect(new Set(signersOf(accounts.ours).map((signer) => signer.split(" ")[0]))).toEqual(
      new Set([OURS.accessKeyId]),
    );
    for (const { body: sent } of accounts.ours.requests)
      expect(JSON.stringify(sent)).not.toMatch(/aws_|api_key|AKIA/);
    expect(response.headers.get("x-bedrock-adjustments")).toContain("aws_access_key_id");
  });
});

describe("a request may bring", () => {
  it("a role that its own credentials take on", async () => {
    sts.gives = () => ({ ...session("x"), ...THEIRS });
    const request = {
      ...KEYS,
      aws_role_name: "arn:aws:iam::123456789012:role/tenant",
      aws_session_name: "tenant-7",
      aws_external_id: "ext-7",
      aws_session_tags: [{ Key: "team", Value: "search" }],
    };
    const handler = lending();
    for (let times = 0; times < 3; times += 1)
      expect((await handler(chatRequest({ model: NOVA, ...request }))).status).toBe(200);
    expect(sts.calls).toMatchObject([
      {
        role: request.aws_role_name,
        sessionName: "tenant-7",
        externalId: "ext-7",
        tags: { team: "search" },
        signedBy: THEIRS.accessKeyId,
      },
    ]);
  });

  it("a web identity token, itself", async () => {
    sts.gives = () => ({ ...session("x"), ...THEIRS });
    const response = await lending()(
      chatRequest({
        model: NOVA,
        aws_web_identity_token: "eyJh.eyJz.c2ln",
        aws_role_name: "arn:aws:iam::123456789012:role/tenant",
      }),
    );
    expect(response.status).toBe(200);
    expect(sts.calls).toMatchObject([
      { action: "AssumeRoleWithWebIdentity", webIdentityToken: "eyJh.eyJz.c2ln" },
    ]);
  });

  it("an API key, and a Region, also within extra_body", async () => {
    const extra = { api_key: "their-key", aws_region_name: "eu-west-1" };
    expect((await lending()(chatRequest({ model: NOVA, extra_body: extra }))).status).toBe(200);
    expect(signersOf(accounts.theirs)).toEqual(["Bearer their-key"]);
  });

  it("credentials of another partition, with its Region, and they stay there", async () => {
    const gov = { ...KEYS, aws_region_name: "us-gov-west-1" };
    await lending()(chatRequest({ model: "amazon.nova-pro-v1:0", ...gov }));
    expect(signersOf(accounts.theirs)).toEqual([`${THEIRS.accessKeyId} us-gov-west-1/bedrock`]);
    const away = await lending()(
      chatRequest({ model: `us-east-1/${NOVA}`, ...gov, aws_region_name: undefined }),
    );
    expect(away.status).not.toBe(404);
    expect((await lending()(chatRequest({ model: NOVA, aws_region_name: "us-gov-west-1" }))).status).toBe(
      404,
    );
  });

  it("as many accounts as there are callers, each by its own", async () => {
    const handler = lending();
    const calls = Array.from({ length: 40 }, (_, index) =>
      handler(chatRequest({ model: NOVA, api_key: `key-${index % 20}` })),
    );
    for (const response of await Promise.all(calls)) expect(response.status).toBe(200);
    expect(new Set(signersOf(accounts.theirs))).toEqual(
      new Set(Array.from({ length: 20 }, (_, index) => `Bearer key-${index}`)),
    );
  });
});

describe("a request is refused, with nothing sent and no secret said, that brings", () => {
  const TOKEN = { aws_role_name: "arn:aws:iam::123456789012:role/r" };
  it.each<[string, object, string]>([
    ["a profile of the server's", { aws_profile_name: "admin" }, "aws_profile_name"],
    ["an STS of its own", { ...KEYS, aws_sts_endpoint: "https://evil.example" }, "aws_sts_endpoint"],
    ["a role for the server's own credentials", TOKEN, "aws_role_name"],
    [
      "a path for a token",
      { ...TOKEN, aws_web_identity_token: "/var/run/secrets/token" },
      "aws_web_identity_token",
    ],
    ["a variable for a token", { ...TOKEN, aws_web_identity_token: "AWS_SECRET" }, "aws_web_identity_token"],
    ["a token without a role", { aws_web_identity_token: "a.b.c" }, "aws_web_identity_token"],
    ["half a key pair", { aws_access_key_id: "AKIASECRETSECRET0000" }, "aws_access_key_id"],
    ["a session token alone", { aws_session_token: "s3cr3t" }, "aws_access_key_id"],
    ["keys with the end of their file", { ...KEYS, aws_secret_access_key: "s3cr3t\n" }, "aws_access_key_id"],
    ["a session token with a blank", { ...KEYS, aws_session_token: "s3cr3t s" }, "aws_access_key_id"],
    ["two identities", { ...KEYS, api_key: "s3cr3t" }, "api_key"],
    ["what is no text", { api_key: { s3cr3t: 1 } }, "api_key"],
    ["what is no role", { ...KEYS, aws_role_name: "s3cr3t" }, "aws_access_key_id"],
    ["what is no Region", { ...KEYS, aws_region_name: "evil.example/" }, "aws_region_name"],
    ...[
      "http://bedrock-runtime.us-east-1.amazonaws.com",
      "https://169.254.169.254",
      "https://localhost",
      "https://evil.example",
      "https://bedrock-runtime.us-east-1.amazonaws.com.evil.example",
      "https://bedrock-runtime.us-east-1.amazonaws.com@evil.example",
      "https://evil.example/bedrock-runtime.us-east-1.amazonaws.com",
      "https://bedrock-runtime.us-east-1.amazonaws.com:8443",
      "https://bedrock-runtime.evil.amazonaws.com",
      "https://mybucket.s3.amazonaws.com",
      "https://internal-x.us-east-1.elb.amazonaws.com",
      "file:///etc/passwd",
    ].map((url): [string, object, string] => [url, { ...KEYS, api_base: url }, "api_base"]),
    [
      "AWS's own address, for the server's credentials",
      { aws_bedrock_runtime_endpoint: "https://bedrock-runtime.us-west-2.amazonaws.com" },
      "aws_bedrock_runtime_endpoint",
    ],
    ["another authorization", { extra_headers: { Authorization: "Bearer s3cr3t" } }, "extra_headers"],
    ["AWS's own headers", { extra_headers: { "X-Amz-Security-Token": "s3cr3t" } }, "extra_headers"],
    ["another host", { extra_headers: { host: "evil.example" } }, "extra_headers"],
    ["a header within a header", { extra_headers: { "x-a": "b\r\nx-c: s3cr3t" } }, "extra_headers"],
  ])("%s", async (_, access, param) => {
    const response = await lending()(chatRequest({ model: NOVA, ...access }));
    const text = await response.text();
    expect([response.status, text]).toEqual([400, text]);
    expect(JSON.parse(text)).toMatchObject({ error: { type: "invalid_request_error", param } });
    expect(text).not.toMatch(/s3cr3t|AKIASECRET/);
    expect(accounts.theirs.requests).toEqual([]);
    expect(accounts.ours.requests).toEqual([]);
    expect(sts.calls).toEqual([]);
  });
});

describe("what an operator says of a caller", () => {
  it("comes before what its request brings", async () => {
    const handler = lending({
      endpoint: accounts.ours.url,
      apiKeys: undefined as never,
      authorize: () => ({ target: { credentials: OURS } }),
    });
    const response = await handler(chatRequest({ model: NOVA, ...KEYS }));
    expect(response.status).toBe(200);
    expect(signersOf(accounts.ours)).toEqual([`${OURS.accessKeyId} us-east-1/bedrock`]);
    expect(response.headers.get("x-bedrock-adjustments")).toContain("aws_*");
  });
});

it("an address of AWS's own is called where a request brings the credentials for it", async () => {
  const response = await lending()(
    chatRequest(
      {
        model: NOVA,
        ...KEYS,
        aws_bedrock_runtime_endpoint:
          "https://vpce-0abc12345678-xyz.bedrock-runtime.us-east-1.vpce.amazonaws.com",
      },
      { headers: { "x-bedrock-explain": "1" } },
    ),
  );
  expect(response.status).toBe(200);
  expect(await response.text()).not.toMatch(/AKIA|secret/);
});

describe("headers that a request brings", () => {
  const told: BedrockOpenAIOptions = {
    headers: { "X-Egress-Key": "ours" },
    models: { mine: { model: NOVA, headers: { "X-Tenant": "ours" } } },
  };

  it.each(["x-egress-key", "X-TENANT"])(
    "do not stand in the place of the server's own, by which others know who calls: %s",
    async (name) => {
      const response = await lending(told)(
        chatRequest({ model: "mine", ...KEYS, extra_headers: { [name]: "somebody else" } }),
      );
      expect(response.status).toBe(400);
      expect(await response.text()).toContain("Invalid 'extra_headers'");
      expect(accounts.theirs.requests).toEqual([]);
    },
  );

  it("do not stand in the place of its caller's", async () => {
    const authorize = (): Caller => ({ target: { headers: { "X-Tenant": "ours" } } });
    const response = await lending({ authorize })(
      chatRequest({
        model: NOVA,
        ...KEYS,
        extra_headers: { "x-tenant": "somebody else", "x-team": "search" },
      }),
    );
    expect(response.status).toBe(200);
    expect(accounts.theirs.requests[0]?.headers).toMatchObject({ "x-tenant": "ours", "x-team": "search" });
  });

  it("are signed as they are sent, also one that is said twice: a refusal would look like the server's", async () => {
    const response = await lending()(
      chatRequest({ model: NOVA, ...KEYS, extra_headers: { "X-Team": "a", "x-team": "b" } }),
    );
    expect(response.status).toBe(200);
  });
});
