import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BedrockEmulator, startBedrockEmulator } from "../../../src/testing/index.ts";
import { CLAUDE } from "../../support/bedrock.ts";
import { STAND_IN } from "../../support/network/certificates.ts";
import {
  type ConnectProxy,
  type ProxySettings,
  startConnectProxy,
} from "../../support/network/connect-proxy.ts";
import { inProcessOfItsOwn } from "../../support/network/in-process-of-its-own.ts";

const HOST = "bedrock-runtime.us-east-1.amazonaws.com:443";
const MESSAGES = [{ role: "user", content: "Hello" }];
const CHAT = { path: "/chat/completions", body: { model: CLAUDE, messages: MESSAGES } };
const STREAM = { path: "/chat/completions", body: { model: CLAUDE, messages: MESSAGES, stream: true } };

let aws: BedrockEmulator;
const proxies: ConnectProxy[] = [];
beforeEach(async () => {
  aws = await startBedrockEmulator({ tls: STAND_IN });
});
afterEach(async () => {
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  await aws.close();
});

async function startProxy(settings: Omit<ProxySettings, "to"> = {}): Promise<ConnectProxy> {
  const proxy = await startConnectProxy({ to: aws.url, ...settings });
  proxies.push(proxy);
  return proxy;
}

const errorIn = (body: string): { message: string; code: string } =>
  (JSON.parse(body) as { error: { message: string; code: string } }).error;

describe("AWS behind a proxy", () => {
  it.each([
    ["HTTPS_PROXY", (host: string) => ({ HTTPS_PROXY: `http://${host}` })],
    ["https_proxy, without a scheme", (host: string) => ({ https_proxy: host })],
    ["ALL_PROXY", (host: string) => ({ ALL_PROXY: `http://${host}` })],
  ])("is reached by %s, all calls over one tunnel", async (_, env) => {
    const proxy = await startProxy();
    const { told } = await inProcessOfItsOwn(
      { options: {}, requests: [CHAT, STREAM, CHAT] },
      env(proxy.host),
    );
    expect(told.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(told[1]?.body).toContain("data: [DONE]");
    expect({ asked: proxy.asked, seen: proxy.seen }).toEqual({ asked: [HOST], seen: [] });
    expect(aws.requests.map(({ operation }) => operation)).toEqual([
      "Converse",
      "ConverseStream",
      "Converse",
    ]);
  });

  it("is reached by the option, which comes before the environment", async () => {
    const [proxy, other] = [await startProxy(), await startProxy({ status: 403 })];
    const env = { HTTPS_PROXY: `http://${other.host}` };
    const { told } = await inProcessOfItsOwn(
      { options: { proxy: `http://${proxy.host}` }, requests: [CHAT] },
      env,
    );
    expect(told[0]?.status).toBe(200);
    expect({ asked: proxy.asked, other: other.asked }).toEqual({ asked: [HOST], other: [] });
  });

  it("is reached through a proxy that wants a user, whose password may hold anything", async () => {
    const proxy = await startProxy({ auth: "ann:p@ss:w%rd" });
    const { told } = await inProcessOfItsOwn({
      options: { proxy: `http://ann:p%40ss:w%25rd@${proxy.host}` },
      requests: [CHAT],
    });
    expect(told[0]?.status).toBe(200);
  });

  it("is reached through a proxy that itself speaks TLS", async () => {
    const proxy = await startProxy({ tls: STAND_IN });
    const { told } = await inProcessOfItsOwn({
      options: { proxy: `https://${proxy.host}` },
      requests: [CHAT, STREAM],
    });
    expect(told.map(({ status }) => status)).toEqual([200, 200]);
    expect(proxy.asked).toEqual([HOST]);
  });

  it("is listed through it too: every host of AWS's", async () => {
    const proxy = await startProxy();
    const { told } = await inProcessOfItsOwn({
      options: { proxy: `http://${proxy.host}` },
      requests: [{ path: "/models" }],
    });
    expect(told[0]?.status).toBe(200);
    expect(new Set(proxy.asked)).toEqual(
      new Set(["bedrock.us-east-1.amazonaws.com:443", "bedrock-mantle.us-east-1.api.aws:443"]),
    );
  });
});

it("credentials from AWS's STS come through the proxy too", async () => {
  const proxy = await startProxy({ status: 403 });
  const { told } = await inProcessOfItsOwn(
    { options: {}, requests: [CHAT] },
    {
      HTTPS_PROXY: `http://${proxy.host}`,
      AWS_ACCESS_KEY_ID: "",
      AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/bedrock",
      AWS_WEB_IDENTITY_TOKEN_FILE: fileURLToPath(import.meta.url),
    },
  );
  expect(told[0]?.status).not.toBe(200);
  expect(new Set(proxy.asked)).toEqual(new Set(["sts.us-east-1.amazonaws.com:443"]));
});

describe("no proxy is asked", () => {
  it.each([
    ["the environment's", (host: string) => [{}, { HTTPS_PROXY: `http://${host}` }] as const],
    ["the option's", (host: string) => [{ proxy: `http://${host}` }, {}] as const],
  ])("for this machine: not %s", async (_, named) => {
    const proxy = await startProxy({ status: 403 });
    const [options, env] = named(proxy.host);
    const { told } = await inProcessOfItsOwn(
      { options: { endpoint: aws.url, ...options }, requests: [CHAT] },
      env,
    );
    expect(told[0]?.status).toBe(200);
    expect(proxy.asked).toEqual([]);
  });
});

describe("a proxy that does not let through", () => {
  it.each([
    [403, "forbids it", "false"],
    [407, "asks for another user and password", "false"],
    [502, "cannot reach it", "true"],
    [418, "answered 418", "false"],
  ])("is named with what it says, %i, and no password or prompt goes there", async (status, words, retry) => {
    const proxy = await startProxy({ status });
    const { told, complaints } = await inProcessOfItsOwn({
      options: { proxy: `http://ann:secret@${proxy.host}` },
      requests: [CHAT],
    });
    expect(told[0]).toMatchObject({ status: 503, retry });
    const { code, message } = errorIn(told[0]!.body);
    expect(code).toBe("bedrock_unreachable");
    expect(message).toContain(`the proxy '${proxy.host}' ${words}`);
    expect(`${message}${complaints}`).not.toContain("secret");
    expect(proxy.seen).toEqual([]);
  });

  it("is named when nobody listens there", async () => {
    const proxy = await startProxy();
    await proxies.pop()!.close();
    const { told } = await inProcessOfItsOwn({
      options: { proxy: `http://${proxy.host}` },
      requests: [CHAT],
    });
    expect(told[0]).toMatchObject({ status: 503, retry: "true" });
    expect(errorIn(told[0]!.body).message).toContain(
      `the proxy '${proxy.host}' did not let itself be called`,
    );
  });

  it("is a variable that names none: said by the variable's name", async () => {
    const { told } = await inProcessOfItsOwn(
      { options: {}, requests: [CHAT] },
      { HTTPS_PROXY: "socks5://127.0.0.1:1080" },
    );
    expect(told[0]).toMatchObject({ status: 503, retry: "false" });
    expect(errorIn(told[0]!.body).message).toContain("'HTTPS_PROXY' must be the URL of an HTTP proxy");
  });
});
