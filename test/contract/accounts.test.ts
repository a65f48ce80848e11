import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { countTokens } from "../../src/index.ts";
import { accountArn, APPLICATION_PROFILES } from "../../src/testing/index.ts";
import { OURS, openAccounts, signersOf, THEIRS, type TwoAccounts } from "../support/accounts.ts";
import { CLAUDE, LLAMA, NOVA } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";

/** Entries of `models` that are called with access of their own: another account, which takes nobody else's signature. */

let accounts: TwoAccounts;
beforeEach(async () => {
  accounts = await openAccounts();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await accounts.close();
});

const theirAccess = () => ({ credentials: THEIRS, endpoint: accounts.theirs.url });
const GUARDRAIL = "arn:aws:bedrock:us-east-1:123456789012:guardrail/abc123:1";
const PROFILE = accountArn("application-inference-profile", APPLICATION_PROFILES[0]!.id);

const post = (path: string, body: object): Request =>
  new Request(`http://localhost/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

const chat = { messages: [{ role: "user", content: "Hello" }] };
const rerank = { query: "capital", documents: ["Paris", "a banana"] };

describe("every request for a model of another account goes there, signed by it, and nowhere else", () => {
  it.each<[string, model: string, path: string, body: object, operations: string[]]>([
    ["chat", CLAUDE, "/chat/completions", chat, ["Converse"]],
    ["streamed chat", CLAUDE, "/chat/completions", { ...chat, stream: true }, ["ConverseStream"]],
    ["InvokeModel", `invoke/${LLAMA}`, "/chat/completions", chat, ["InvokeModel"]],
    ["the native endpoint", "openai.gpt-oss-120b-1:0", "/chat/completions", chat, ["RuntimeChatCompletions"]],
    ["mantle", "mantle/openai.gpt-oss-120b", "/chat/completions", chat, ["MantleChatCompletions"]],
    [
      "a profile that hides its family",
      PROFILE,
      "/chat/completions",
      chat,
      ["GetInferenceProfile", "Converse"],
    ],
    ["completions", CLAUDE, "/completions", { prompt: "Hello" }, ["Converse"]],
    ["embeddings", "amazon.titan-embed-text-v2:0", "/embeddings", { input: "Hello" }, ["InvokeModel"]],
    ["images", "amazon.nova-canvas-v1:0", "/images/generations", { prompt: "a red car" }, ["InvokeModel"]],
    ["rerank", "cohere.rerank-v3-5:0", "/rerank", rerank, ["Rerank"]],
    ["a guardrail", GUARDRAIL, "/moderations", { input: "Hello" }, ["ApplyGuardrail"]],
    ["guardrail checks", "guardrail-checks", "/moderations", { input: "Hello" }, ["InvokeGuardrailChecks"]],
  ])("%s", async (_, model, path, body, operations) => {
    const handler = accounts.handlerOf({ partner: { model, ...theirAccess() } });
    const response = await handler(post(path, { model: "partner", ...body }));
    const text = await response.text();
    expect([response.status, text]).toEqual([200, text]);
    expect(accounts.theirs.requests.map(({ operation }) => operation)).toEqual(operations);
    const services = new Set(signersOf(accounts.theirs).map((signer) => signer.split(/[ /]/)[0]));
    expect([...services]).toEqual([THEIRS.accessKeyId]);
    expect(accounts.ours.requests).toEqual([]);
  });

  it("counting", async () => {
    const handler = accounts.handlerOf({ partner: { model: CLAUDE, ...theirAccess() } });
    expect(await countTokens({ model: "partner", ...chat }, handler)).toMatchObject({ estimated: false });
    expect(accounts.theirs.requests.map(({ operation }) => operation)).toEqual(["CountTokens"]);
    expect(accounts.ours.requests).toEqual([]);
  });

  it("Bedrock's own paths", async () => {
    const models = { partner: { model: CLAUDE, ...theirAccess() } };
    const handler = accounts.handlerOf(models, { passThrough: true });
    const body = { messages: [{ role: "user", content: [{ text: "Hello" }] }] };
    expect((await handler(post("/bedrock/model/partner/converse", body))).status).toBe(200);
    expect(signersOf(accounts.theirs)).toEqual([`${THEIRS.accessKeyId} us-east-1/bedrock`]);
    expect(accounts.ours.requests).toEqual([]);
  });
});

describe("the rest of the handler", () => {
  it("keeps the access of the options, also for the same model", async () => {
    const handler = accounts.handlerOf({ partner: { model: NOVA, ...theirAccess() } });
    for (const model of ["partner", NOVA]) expect((await handler(chatRequest({ model }))).status).toBe(200);
    expect(signersOf(accounts.theirs)).toEqual([`${THEIRS.accessKeyId} us-east-1/bedrock`]);
    expect(signersOf(accounts.ours)).toEqual([`${OURS.accessKeyId} us-east-1/bedrock`]);
  });

  it("is what GET /models lists, with the names that lead elsewhere", async () => {
    const handler = accounts.handlerOf({ partner: { model: NOVA, ...theirAccess() } });
    const response = await handler(new Request("http://localhost/v1/models"));
    const { data } = (await response.json()) as { data: { id: string }[] };
    expect(data.map(({ id }) => id)).toEqual(expect.arrayContaining(["partner", NOVA]));
    expect(accounts.theirs.requests).toEqual([]);
  });
});

describe("an account that refuses the access", () => {
  it.each([true, false])("is told of without the secrets of anybody, streamed: %s", async (stream) => {
    const handler = accounts.handlerOf({ partner: { model: NOVA, endpoint: accounts.theirs.url } });
    const response = await handler(chatRequest({ model: "partner", stream }));
    expect(response.status).toBe(401);
    const said = `${await response.text()} ${JSON.stringify([...response.headers])} ${String(accounts.logged)}`;
    for (const { accessKeyId, secretAccessKey } of [OURS, THEIRS]) {
      expect(said).not.toContain(accessKeyId);
      expect(said).not.toContain(secretAccessKey);
    }
    expect(signersOf(accounts.theirs)).toEqual([`${OURS.accessKeyId} us-east-1/bedrock`]);
  });

  it("and an explanation shows what would be sent, and not by whom", async () => {
    const handler = accounts.handlerOf({ partner: { model: NOVA, ...theirAccess() } });
    const response = await handler(
      chatRequest({ model: "partner" }, { headers: { "x-bedrock-explain": "1" } }),
    );
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ target: { model: NOVA, surface: "converse" } });
    expect(text).not.toMatch(/AKIA|secret|account/i);
    expect(accounts.theirs.requests).toEqual([]);
  });

  it("gets no models of ours recommended", async () => {
    const handler = accounts.handlerOf({ "partner/*": { model: "*", ...theirAccess() } });
    const error = { name: "ResourceNotFoundException", message: "The model was not found." };
    accounts.theirs.enqueue({ error });
    const response = await handler(chatRequest({ model: "partner/us.amazon.nova-prr-v1:0" }));
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain(NOVA);
    expect(accounts.ours.requests).toEqual([]);
  });
});

describe("who calls", () => {
  it("is an API key of the entry's, where it has no url", async () => {
    const models = { partner: { model: NOVA, apiKey: "bedrock-key-7", endpoint: accounts.theirs.url } };
    const handler = accounts.handlerOf(models);
    expect((await handler(chatRequest({ model: "partner" }))).status).toBe(200);
    expect(signersOf(accounts.theirs)).toEqual(["Bearer bedrock-key-7"]);
  });

  it("is not the API key of the environment, where an entry names somebody", async () => {
    vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", "key-of-the-environment");
    const handler = accounts.handlerOf({ partner: { model: NOVA, ...theirAccess() } }, { apiKey: "ours" });
    await handler(chatRequest({ model: "partner" }));
    expect(signersOf(accounts.theirs)).toEqual([`${THEIRS.accessKeyId} us-east-1/bedrock`]);
  });

  it("with an API key ranks by InvokeModel, which Rerank does not take, and with credentials by Rerank", async () => {
    const model = "cohere.rerank-v3-5:0";
    const endpoint = accounts.theirs.url;
    const models = { keyed: { model, apiKey: "k", endpoint }, signed: { model, ...theirAccess() } };
    const handler = accounts.handlerOf(models, { apiKey: "ours" });
    for (const name of ["keyed", "signed"])
      expect((await handler(post("/rerank", { model: name, ...rerank }))).status).toBe(200);
    expect(accounts.theirs.requests.map(({ operation }) => operation)).toEqual(["InvokeModel", "Rerank"]);
  });

  it("is a profile of the entry's, whatever lies in the environment", async () => {
    const folder = mkdtempSync(join(tmpdir(), "bedrock-openai-"));
    const { accessKeyId, secretAccessKey } = THEIRS;
    writeFileSync(
      join(folder, "credentials"),
      `[partner]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "credentials"));
    vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
    vi.stubEnv("AWS_ACCESS_KEY_ID", OURS.accessKeyId);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", OURS.secretAccessKey);
    const models = { partner: { model: NOVA, profile: "partner", endpoint: accounts.theirs.url } };
    const response = await accounts.handlerOf(models)(chatRequest({ model: "partner" }));
    rmSync(folder, { recursive: true });
    expect(response.status).toBe(200);
    expect(signersOf(accounts.theirs)).toEqual([`${accessKeyId} us-east-1/bedrock`]);
  });

  it("is asked of a provider once, however many requests and Regions follow", async () => {
    let asked = 0;
    const credentials = async () => {
      asked += 1;
      return { ...THEIRS, expiration: new Date(Date.now() + 3_600_000) };
    };
    const access = { credentials, endpoint: accounts.theirs.url };
    const handler = accounts.handlerOf({
      "us/*": { model: "*", ...access },
      "eu/*": { model: "*", region: "eu-west-1", ...access },
    });
    for (const model of [`us/${NOVA}`, `eu/eu.amazon.nova-pro-v1:0`, `us/us-west-2/${NOVA}`])
      expect((await handler(chatRequest({ model }))).status).toBe(200);
    expect(signersOf(accounts.theirs).map((signer) => signer.split(" ")[1])).toEqual([
      "us-east-1/bedrock",
      "eu-west-1/bedrock",
      "us-west-2/bedrock",
    ]);
    expect(asked).toBe(1);
  });

  it("is who is nearest to the name that was asked for, and of nobody else a part", async () => {
    const handler = accounts.handlerOf({
      near: { model: "far", apiKey: "near-key" },
      far: { model: NOVA, ...theirAccess() },
    });
    await handler(chatRequest({ model: "near" }));
    await handler(chatRequest({ model: "far" }));
    expect(signersOf(accounts.theirs)).toEqual([
      "Bearer near-key",
      `${THEIRS.accessKeyId} us-east-1/bedrock`,
    ]);
  });

  it("has the connections of all, and opens none of its own", async () => {
    const endpoint = accounts.theirs.url;
    const models = { one: { model: NOVA, apiKey: "k", endpoint }, two: { model: NOVA, ...theirAccess() } };
    const handler = accounts.handlerOf(models);
    for (const model of ["one", "two", "one"]) await (await handler(chatRequest({ model }))).text();
    expect(accounts.theirs.connections).toBe(1);
  });
});

describe("what one account is refused, another one is not thought to be", () => {
  const foo = { additionalModelRequestFields: { foo: 1 } };

  it("so a field that ours refuses still goes to theirs", async () => {
    const handler = accounts.handlerOf({ partner: { model: CLAUDE, ...theirAccess() } });
    await handler(chatRequest({ model: CLAUDE, ...foo }));
    accounts.theirs.enqueue({ content: [{ text: "Taken." }] });
    const response = await handler(chatRequest({ model: "partner", ...foo }));
    expect(response.status).toBe(200);
    expect(accounts.theirs.requests[0]!.body).toMatchObject(foo);
  });

  it("so theirs counts though ours may not", async () => {
    const handler = accounts.handlerOf({ partner: { model: CLAUDE, ...theirAccess() } });
    accounts.ours.refuse("CountTokens", { name: "AccessDeniedException", message: "not authorized" });
    expect(await countTokens({ model: CLAUDE, ...chat }, handler)).toMatchObject({ estimated: true });
    expect(await countTokens({ model: "partner", ...chat }, handler)).toMatchObject({ estimated: false });
  });

  it("so theirs tells what an ARN hides though ours may not", async () => {
    const handler = accounts.handlerOf({ partner: { model: PROFILE, ...theirAccess() } });
    accounts.ours.refuse("GetInferenceProfile", { name: "AccessDeniedException", message: "not authorized" });
    await handler(chatRequest({ model: PROFILE }));
    await handler(chatRequest({ model: "partner" }));
    expect(accounts.theirs.requests.map(({ operation }) => operation)).toEqual([
      "GetInferenceProfile",
      "Converse",
    ]);
  });
});

describe("another partition", () => {
  const CHINA = "cn-north-1";

  it("is open to the access that the operator keeps for it, and to no other", async () => {
    const handler = accounts.handlerOf({
      "cn/*": { model: "*", region: CHINA, ...theirAccess() },
      "here/*": { model: "*", credentials: OURS },
    });
    expect((await handler(chatRequest({ model: `cn/amazon.nova-pro-v1:0` }))).status).not.toBe(404);
    expect(signersOf(accounts.theirs)).toEqual([`${THEIRS.accessKeyId} ${CHINA}/bedrock`]);
    for (const model of [`${CHINA}/amazon.nova-pro-v1:0`, `here/${CHINA}/amazon.nova-pro-v1:0`]) {
      const refused = await handler(chatRequest({ model }));
      expect(refused.status).toBe(404);
    }
    expect(accounts.ours.requests.filter(({ operation }) => operation.startsWith("Converse"))).toEqual([]);
  });

  it("is open by an ARN of the operator's too, and not by one of a caller's", async () => {
    const ARN = `arn:aws-cn:bedrock:${CHINA}:123456789012:application-inference-profile/abc123def456`;
    const handler = accounts.handlerOf({
      partner: { modelId: ARN, family: "amazon.nova-pro-v1:0", ...theirAccess() },
      "any/*": { model: "*", credentials: { ...THEIRS }, endpoint: accounts.theirs.url },
    });
    await handler(chatRequest({ model: "partner" }));
    expect(signersOf(accounts.theirs)).toEqual([`${THEIRS.accessKeyId} ${CHINA}/bedrock`]);
    expect((await handler(chatRequest({ model: `any/${ARN}` }))).status).toBe(404);
    expect(accounts.theirs.requests).toHaveLength(1);
  });

  it("keeps its access at home: a caller cannot send it to ours", async () => {
    const handler = accounts.handlerOf({
      china: { model: "amazon.nova-pro-v1:0", region: CHINA, ...theirAccess() },
      "cn/*": { model: "*", ...theirAccess() },
    });
    expect((await handler(chatRequest({ model: `cn/us-west-2/${NOVA}` }))).status).toBe(404);
    expect(accounts.theirs.requests).toEqual([]);
  });
});

describe("headers of an entry's", () => {
  it("stand over those of the options, and over what a caller writes in AWS's own words", async () => {
    const handler = accounts.handlerOf(
      {
        guarded: {
          model: "amazon.nova-pro-v1:0",
          headers: { "X-Team": "entry", "X-Amzn-Bedrock-GuardrailIdentifier": "ours" },
        },
      },
      { passThrough: true, headers: { "x-team": "options", "x-floor": "2" } },
    );
    await handler(
      new Request("http://x/bedrock/model/guarded/invoke", {
        method: "POST",
        headers: { "content-type": "application/json", "x-amzn-bedrock-guardrailidentifier": "none" },
        body: "{}",
      }),
    );
    expect(accounts.ours.requests.at(-1)?.headers).toMatchObject({
      "x-team": "entry",
      "x-floor": "2",
      "x-amzn-bedrock-guardrailidentifier": "ours",
    });
  });
});
