import type { Client } from "@smithy/core/client";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { createClients } from "../../../../../src/bedrock/clients/clients.ts";
import type { Operation } from "../../../../../src/bedrock/courier/parcel.ts";
import { loadSdkClient, sdkClient } from "../../../../../src/bedrock/clients/sdk-client.ts";
import {
  createRequestHandler,
  type RequestHandler,
} from "../../../../../src/bedrock/transport/request-handler.ts";
import { type Envelope, envelopeOf } from "../../../../../src/bedrock/courier/thin/envelope.ts";
import type { BedrockOpenAIOptions } from "../../../../../src/options.ts";
import { resolveOptions } from "../../../../../src/resolve-options.ts";
import { silenceEnvironment } from "../../../../support/silent-environment.ts";

/** What a lean client writes is what the SDK's would have written, whatever version of it is installed. */

const isUntouched = vi.hoisted(() => vi.fn<() => boolean>(() => true));
vi.mock("../../../../../src/bedrock/clients/lean/untouched.ts", () => ({ isUntouched }));

beforeEach(silenceEnvironment);
afterEach(() => {
  vi.unstubAllEnvs();
  isUntouched.mockReturnValue(true);
});

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const HOME: BedrockOpenAIOptions = { region: "us-east-1", credentials };

const OPERATIONS: Operation[] = [
  "Converse",
  "ConverseStream",
  "InvokeModel",
  "InvokeModelWithResponseStream",
  "CountTokens",
];

const REGIONS =
  "us-east-1 eu-west-1 ap-southeast-2 sa-east-1 ca-central-1 me-south-1 af-south-1 il-central-1 mx-central-1 cn-north-1 us-gov-west-1 us-iso-east-1 us-isob-east-1 eu-isoe-west-1 us-isof-south-1 eusc-de-east-1 us-east-99".split(
    " ",
  );

const END = new Date("2100-01-01");

/** As the SDK's own providers give them. */
const found = { ...credentials, $source: { CREDENTIALS_IMDS: "0" } };

const clientsOf = (options: BedrockOpenAIOptions) => createClients(resolveOptions(options));

const addressOf = ({ request: { protocol, hostname, port, path, query } }: Envelope) => ({
  protocol,
  hostname,
  port,
  path,
  query,
});

/** All that is the same in every call. */
const seenIn = ({ envelope }: { envelope: Envelope }) => ({
  ...addressOf(envelope),
  written: envelope.written,
  added: envelope.added,
  scheme: envelope.scheme.httpAuthOption.schemeId,
  as: envelope.scheme.httpAuthOption.signingProperties?.["name"],
  in: envelope.scheme.httpAuthOption.signingProperties?.["region"],
  by: envelope.scheme.identity,
});

/** What a lean client writes beside what the SDK's does. */
async function bothOf(options: BedrockOpenAIOptions, operation: Operation, region?: string) {
  const lean = await clientsOf(options).lean(region);
  const client = await clientsOf(options).runtime(region);
  return [seenIn(await envelopeOf(lean!, operation)), seenIn(await envelopeOf(client, operation))] as const;
}

describe("an envelope without the SDK's client", () => {
  it.each(OPERATIONS)("is that of the client: %s", async (operation) => {
    const [lean, client] = await bothOf(HOME, operation);
    expect(lean).toEqual(client);
    expect(lean.added["user-agent"]).toMatch(/^aws-sdk-js\/\d/);
  });

  it.each(REGIONS)("goes to the client's host in %s", async (region) => {
    const [lean, client] = await bothOf({ ...HOME, region }, "Converse");
    expect(lean).toEqual(client);
  });

  it("goes to another Region by the same access", async () => {
    const [lean, client] = await bothOf(HOME, "Converse", "eu-west-3");
    expect(lean).toEqual(client);
    expect(lean.in).toBe("eu-west-3");
  });

  it.each<[string, BedrockOpenAIOptions]>([
    ["a URL", { endpoint: "https://vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com" }],
    ["a URL with a port and a path", { endpoint: "http://127.0.0.1:8080/aws/" }],
    ["a URL of the runtime alone", { endpoint: { runtime: "https://aws.internal" } }],
    ["a URL of another host alone", { endpoint: { control: "https://aws.internal" } }],
    ["headers", { headers: { "X-Gateway": "blue", "user-agent": "mine" } }],
    ["neither FIPS nor dual stack", { fips: false, dualStack: false }],
    ["credentials of a session", { credentials: { ...credentials, sessionToken: "token" } }],
    ["credentials by a function", { credentials: async () => credentials }],
    ["an API key", { apiKey: "key", credentials: undefined } as never],
    [
      "an API key by a function",
      { apiKey: async () => ({ token: "key", expiration: END }), credentials: undefined } as never,
    ],
    ["credentials that tell their account", { credentials: { ...credentials, accountId: "123456789012" } }],
    ["credentials that the SDK has found", { credentials: found }],
    ["a user agent of the SDK's browsers", { headers: { "x-amz-user-agent": "mine", "user-agent": "me" } }],
  ])("says what the options say: %s", async (_, options) => {
    const [lean, client] = await bothOf({ ...HOME, ...options }, "Converse");
    expect(lean).toEqual(client);
  });

  it.each<[string, Record<string, string>]>([
    ["credentials", {}],
    ["credentials of an account", { AWS_ACCOUNT_ID: "123456789012", AWS_SESSION_TOKEN: "token" }],
    ["credentials of a scope", { AWS_CREDENTIAL_SCOPE: "us-west-2" }],
    ["credentials that end", { AWS_CREDENTIAL_EXPIRATION: END.toISOString() }],
    ["where it runs", { AWS_EXECUTION_ENV: "AWS_ECS_FARGATE", AWS_DEFAULT_REGION: "eu-west-1" }],
    ["where it runs, in letters that no user agent has", { AWS_EXECUTION_ENV: "Mine (Zürich)/a b/#1" }],
    ["things of other tools", { AWS_PAGER: "", AWS_S3_BUCKET: "mine", AWS_CA_BUNDLE: "/none" }],
  ])("says what the environment says: %s", async (_, variables) => {
    const said = {
      AWS_REGION: "us-west-2",
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "secret",
    };
    for (const [name, value] of Object.entries({ ...said, ...variables })) vi.stubEnv(name, value);
    const [lean, client] = await bothOf({}, "Converse");
    expect(lean).toEqual(client);
  });

  it("says what a profile says, which comes before keys of the environment", async () => {
    const folder = mkdtempSync(join(tmpdir(), "lean-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(
      join(folder, "credentials"),
      "[work]\naws_access_key_id = AKIDWORK\naws_secret_access_key = s\n",
    );
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "credentials"));
    const said = { AWS_PROFILE: "work", AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };
    for (const [name, value] of Object.entries(said)) vi.stubEnv(name, value);
    vi.spyOn(console, "warn").mockReturnValue();
    const [lean, client] = await bothOf({ region: "us-east-1" }, "Converse");
    expect(lean).toEqual(client);
    expect(lean.by).toMatchObject({ accessKeyId: "AKIDWORK" });
  });

  it("leaves the credentials that it was given as they are", async () => {
    const given = Object.freeze({ ...credentials });
    await envelopeOf((await clientsOf({ ...HOME, credentials: given }).lean())!, "Converse");
    expect(given).toEqual(credentials);
  });

  it("signs with the keys that stand in the credentials by then, as the client does", async () => {
    const given = { ...credentials };
    const clients = clientsOf({ ...HOME, credentials: given });
    for (const accessKeyId of ["AKIDEXAMPLE", "AKIDROTATED"]) {
      given.accessKeyId = accessKeyId;
      const { identity } = await envelopeOf((await clients.lean())!, "Converse");
      expect(identity).toMatchObject({ accessKeyId });
    }
  });

  it.each<[string, BedrockOpenAIOptions]>([
    ["where nothing is said", {}],
    ["but not where credentials are given", { credentials }],
  ])("takes an API key of the environment %s", async (_, options) => {
    vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", "key");
    const [lean, client] = await bothOf({ region: "us-east-1", ...options }, "Converse");
    expect(lean).toEqual(client);
    expect("token" in lean.by).toBe(!options.credentials);
  });

  it("hands an API key that it was given on to the client", async () => {
    const apiKey = vi.fn<() => string>(() => "key");
    const clients = clientsOf({ region: "us-east-1", apiKey });
    await envelopeOf((await clients.lean())!, "Converse");
    for (const region of [undefined, "eu-west-1"])
      await envelopeOf(await clients.runtime(region), "Converse");
    expect(apiKey).toHaveBeenCalledTimes(1);
  });

  it("hands the credentials that it has found on to the client", async () => {
    const ask = vi.fn<() => Promise<typeof credentials>>(async () => credentials);
    const clients = clientsOf({ ...HOME, credentials: ask });
    const { envelope } = await envelopeOf((await clients.lean())!, "Converse");
    expect(ask).toHaveBeenCalledTimes(1);
    for (const region of [undefined, "eu-west-1"]) {
      const { identity } = await envelopeOf(await clients.runtime(region), "Converse");
      expect(identity).toEqual(envelope.scheme.identity);
    }
    expect(ask).toHaveBeenCalledTimes(1);
    expect(await Promise.all([clients.lean(), clients.lean("eu-west-1")])).toEqual([undefined, undefined]);
  });

  it.each<[string, Record<string, string | undefined>]>([
    ["keys that were taken away", { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }],
    ["keys of another account", { AWS_ACCESS_KEY_ID: "AKIDOTHER" }],
    ["a profile", { AWS_PROFILE: "other" }],
    ["an API key", { AWS_BEARER_TOKEN_BEDROCK: "key" }],
  ])("has the client go on as whoever called: the environment has changed to %s", async (_, later) => {
    const said = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };
    for (const [name, value] of Object.entries(said)) vi.stubEnv(name, value);
    const clients = clientsOf({ region: "us-east-1" });
    const { identity } = await envelopeOf((await clients.lean())!, "Converse");
    for (const [name, value] of Object.entries(later)) vi.stubEnv(name, value);
    for (const region of [undefined, "eu-west-1"]) {
      const after = await envelopeOf(await clients.runtime(region), "Converse");
      expect(after.identity).toEqual(identity);
      expect(after.envelope.scheme.httpAuthOption.schemeId).toBe("aws.auth#sigv4");
    }
  });

  it("has the client go on where it has called: the environment has another Region by then", async () => {
    vi.stubEnv("AWS_REGION", "eu-west-1");
    const clients = clientsOf({ credentials });
    const { envelope } = await envelopeOf((await clients.lean())!, "Converse");
    vi.stubEnv("AWS_REGION", "us-west-2");
    const after = await envelopeOf(await clients.runtime(), "Converse");
    expect(addressOf(after.envelope)).toEqual(addressOf(envelope));
    expect(await clients.home()).toBe("eu-west-1");
  });

  it("has the client take what the environment says since AWS has refused the keys that called", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
    const clients = clientsOf({ region: "us-east-1" });
    await envelopeOf((await clients.lean())!, "Converse");
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDROTATED");
    const { credentials: ask } = (await clients.runtime()).config;
    expect(await ask()).toMatchObject({ accessKeyId: "AKIDEXAMPLE" });
    expect(await ask({ forceRefresh: true } as never)).toMatchObject({ accessKeyId: "AKIDROTATED" });
    expect(await ask()).toMatchObject({ accessKeyId: "AKIDROTATED" });
  });

  it("is none where the SDK's client has taken over while it was made", async () => {
    let isReady: (handler: RequestHandler) => void = () => undefined;
    const handler = new Promise<RequestHandler>((resolve) => (isReady = resolve));
    const clients = createClients(resolveOptions(HOME), () => handler);
    const [lean, client] = [clients.lean(), clients.runtime()];
    await loadSdkClient();
    await setImmediate();
    isReady(await createRequestHandler());
    expect(await lean).toBeUndefined();
    await client;
  });

  it("is none once somebody has put himself around what all of the SDK's clients send by", async () => {
    const clients = clientsOf(HOME);
    expect(await clients.lean()).toBeDefined();
    const { prototype } = sdkClient()!.require("@smithy/core/client").Client as typeof Client;
    const send = vi.spyOn(prototype, "send");
    expect(await clients.lean()).toBeUndefined();
    send.mockRestore();
    expect(await clients.lean()).toBeDefined();
  });

  it.each(["", " "])("is none in a Region that the environment has left empty: '%s'", async (empty) => {
    vi.stubEnv("AWS_REGION", empty);
    vi.stubEnv("AWS_DEFAULT_REGION", empty);
    expect(await clientsOf({ credentials }).lean()).toBeUndefined();
    vi.stubEnv("AWS_DEFAULT_REGION", "eu-west-1");
    const [lean, client] = await bothOf({ credentials }, "Converse");
    expect(lean).toEqual(client);
    expect(lean.in).toBe("eu-west-1");
  });

  it.each<[string, BedrockOpenAIOptions]>([
    ["signs", HOME],
    ["shows an API key", { region: "us-east-1", apiKey: "key" }],
  ])("leaves it to the SDK to say that an identity is none: one that %s", async (_, options) => {
    const { envelope } = await envelopeOf((await clientsOf(options).lean())!, "Converse");
    const { signer } = envelope.scheme;
    const request = { ...envelope.request, body: undefined };
    for (const identity of [{}, { accessKeyId: "A" }, { secretAccessKey: "s" }, { token: "" }])
      await expect(signer.sign(request, identity as never, {})).rejects.toThrow(TypeError);
  });

  it("keeps the partition of its home", async () => {
    await expect(clientsOf(HOME).lean("cn-north-1")).rejects.toMatchObject({ status: 404 });
  });
});
