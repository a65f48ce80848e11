import { afterEach, describe, expect, it } from "vitest";
import { type BedrockEmulator, startBedrockEmulator } from "../../../src/testing/index.ts";
import { CLAUDE, openHouse } from "../../support/bedrock.ts";
import { ELSEWHERE, EXPIRED, STAND_IN } from "../../support/network/certificates.ts";
import { inProcessOfItsOwn } from "../../support/network/in-process-of-its-own.ts";
import { chatRequest } from "../../support/requests.ts";
import { certificate as STRANGE } from "../../unit/testing/tls-fixture.ts";

const CHAT = {
  path: "/chat/completions",
  body: { model: CLAUDE, messages: [{ role: "user", content: "Hello" }] },
};

let aws: BedrockEmulator | undefined;
afterEach(() => aws?.close());

it("a certificate that this server trusts is good, and the process ends when its work does", async () => {
  aws = await startBedrockEmulator({ tls: STAND_IN });
  const { told, code, complaints } = await inProcessOfItsOwn({
    options: { endpoint: aws.url },
    requests: [CHAT],
  });
  expect({ status: told[0]?.status, code, complaints }).toEqual({ status: 200, code: 0, complaints: "" });
});

describe("a certificate that is not good", () => {
  it.each([
    ["that has run out", EXPIRED, "is not valid now"],
    ["for another host", ELSEWHERE, "is for another host"],
    ["from a stranger", STRANGE, "comes from nobody whom this server trusts"],
  ])("%s is said to be that, once, and AWS hears nothing", async (_, tls, words) => {
    aws = await startBedrockEmulator({ tls });
    const { told } = await inProcessOfItsOwn({
      options: { endpoint: aws.url, retries: 2 },
      requests: [CHAT],
    });
    expect(told[0]).toMatchObject({ status: 503, retry: "false" });
    const { error } = JSON.parse(told[0]!.body) as { error: { code: string; message: string } };
    expect(error.code).toBe("bedrock_unreachable");
    expect(error.message).toContain(words);
    expect(error.message).not.toMatch(/127\.0\.0\.1|localhost|elsewhere/);
    expect({ asked: aws.requests.length, connections: aws.connections }).toEqual({
      asked: 0,
      connections: 1,
    });
  });
});

describe("an endpoint that is none", () => {
  it.each([
    ["whose name nobody knows", () => "https://bedrock.invalid", "the name of its host was not found"],
    ["that speaks no TLS", (url: string) => url.replace("http:", "https:"), "did not speak TLS as expected"],
    ["where nobody listens", () => "http://127.0.0.1:1", "Check the network, the region and the endpoint"],
  ])("%s is said to be that, without its address", async (_, endpoint, words) => {
    const house = await openHouse();
    aws = house.bedrock;
    const response = await house.withOptions({ endpoint: endpoint(aws.url) })(chatRequest({ model: CLAUDE }));
    expect(response.status).toBe(503);
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect(error.code).toBe("bedrock_unreachable");
    expect(error.message).toContain(words);
    expect(error.message).not.toMatch(/invalid|127\.0\.0\.1/);
  });
});
