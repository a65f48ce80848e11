import { afterEach, describe, expect, it } from "vitest";
import { type BedrockEmulator, startBedrockEmulator } from "../../../src/testing/index.ts";
import { CLAUDE } from "../../support/bedrock.ts";
import { ELSEWHERE, EXPIRED, STAND_IN } from "../../support/network/certificates.ts";
import { type ConnectProxy, startConnectProxy } from "../../support/network/connect-proxy.ts";
import { inProcessOfItsOwn } from "../../support/network/in-process-of-its-own.ts";

const MESSAGES = [{ role: "user", content: "Hello" }];
const CHAT = { path: "/chat/completions", body: { model: CLAUDE, messages: MESSAGES } };
const STREAM = { path: "/chat/completions", body: { model: CLAUDE, messages: MESSAGES, stream: true } };

let aws: BedrockEmulator;
let proxy: ConnectProxy | undefined;
afterEach(async () => {
  await proxy?.close();
  await aws.close();
});

describe("calls that share connections", () => {
  it("are signed as AWS wants them, share one for all hosts at one address, and let the process end", async () => {
    aws = await startBedrockEmulator({ tls: STAND_IN });
    const { told, code, complaints } = await inProcessOfItsOwn({
      options: { endpoint: aws.url, http2: true },
      requests: [CHAT, STREAM, { path: "/models" }, CHAT],
    });
    expect(told.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(told[1]?.body).toContain("data: [DONE]");
    expect({ code, complaints, connections: aws.connections }).toEqual({
      code: 0,
      complaints: "",
      connections: 1,
    });
    expect(aws.requests[0]?.headers["authorization"]).toContain(";host;");
  });

  it("go through one tunnel of a proxy", async () => {
    aws = await startBedrockEmulator({ tls: STAND_IN });
    proxy = await startConnectProxy({ to: aws.url });
    const { told } = await inProcessOfItsOwn({
      options: { proxy: `http://${proxy.host}`, http2: true },
      requests: [CHAT, STREAM, CHAT],
    });
    expect(told.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(proxy.asked).toEqual(["bedrock-runtime.us-east-1.amazonaws.com:443"]);
  });

  it("need TLS for it: an address without is called by HTTP/1.1", async () => {
    aws = await startBedrockEmulator();
    const { told, code } = await inProcessOfItsOwn({
      options: { endpoint: aws.url, http2: true },
      requests: [CHAT, STREAM],
    });
    expect({ code, statuses: told.map(({ status }) => status) }).toEqual({ code: 0, statuses: [200, 200] });
  });

  it.each([
    ["that has run out", EXPIRED, "is not valid now"],
    ["for another host", ELSEWHERE, "is for another host"],
  ])("prove the certificate as all do: one %s", async (_, tls, words) => {
    aws = await startBedrockEmulator({ tls });
    const { told } = await inProcessOfItsOwn({
      options: { endpoint: aws.url, http2: true },
      requests: [CHAT],
    });
    expect(told[0]).toMatchObject({ status: 503, retry: "false" });
    expect(told[0]?.body).toContain(words);
    expect(aws.requests).toEqual([]);
  });
});
