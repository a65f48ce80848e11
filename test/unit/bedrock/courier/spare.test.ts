import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createCourier } from "../../../../src/bedrock/courier/courier.ts";
import { createTries, type Patience, type Tries } from "../../../../src/tries.ts";

/** What AWS does with one request after the other; the last for all that follow. */
type Act = (request: IncomingMessage, response: ServerResponse) => void;

const closes: (() => void)[] = [];
afterEach(() => {
  for (const close of closes.splice(0)) close();
});

async function awsThat(...acts: Act[]) {
  let requests = 0;
  const server = createServer((request, response) => {
    const act = acts[requests] ?? acts.at(-1)!;
    requests += 1;
    request.resume().on("end", () => act(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closes.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { endpoint, count: () => requests };
}

const refuses =
  (status: number, name: string, headers: Record<string, string> = {}): Act =>
  (_, response) => {
    response.writeHead(status, { "x-amzn-errortype": name, "content-type": "application/json", ...headers });
    response.end('{"message":"no"}');
  };
const resets: Act = (request) => void request.socket.resetAndDestroy();
const answers: Act = (_, response) => void response.end("{}");
const busy = refuses(503, "ServiceUnavailableException");

const clientOf = (endpoint: string, maxAttempts: number): BedrockRuntimeClient => {
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
  const requestHandler = new NodeHttpHandler();
  return new BedrockRuntimeClient({
    endpoint,
    region: "us-east-1",
    credentials,
    maxAttempts,
    requestHandler,
  });
};

/** How a call ends, and how often AWS was asked. */
async function called(acts: Act[], patience: Patience) {
  const aws = await awsThat(...acts);
  const client = clientOf(aws.endpoint, 3);
  closes.push(() => client.destroy());
  const courier = createCourier(() => ({ lean: () => undefined, runtime: async () => client }) as never, {
    firstByte: 5_000,
    idle: 5_000,
  });
  const tries: Tries = createTries(patience);
  const { signal } = new AbortController();
  const end = await courier({ operation: "InvokeModel", modelId: "m", signal, tries }).then(
    ({ status }) => String(status),
    (error: Error) => error.name,
  );
  return { end, requests: aws.count(), used: tries.used };
}

const ONCE: Patience = { tries: 3, isLast: false };
const PATIENT: Patience = { tries: 3, isLast: true };

describe("a call with somebody else to ask", () => {
  it.each<[string, Act, string]>([
    ["throttled", refuses(429, "ThrottlingException"), "ThrottlingException"],
    ["without capacity", busy, "ServiceUnavailableException"],
  ])("is not repeated: %s", async (_, act, end) =>
    expect(await called([act, answers], ONCE)).toEqual({ end, requests: 1, used: 1 }),
  );

  it("is not repeated where its connection was lost: it may have been read, and paid for", async () =>
    expect(await called([resets, answers], ONCE)).toMatchObject({ requests: 1, used: 1 }));

  it("is repeated where only our clock was wrong", async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const skewed = refuses(403, "RequestTimeTooSkewed", { date });
    expect(await called([skewed, answers], ONCE)).toMatchObject({ end: "200", requests: 2 });
  });
});

describe("a call with nobody else to ask", () => {
  it("is tried as often as it may be", async () =>
    expect(await called([busy], PATIENT)).toEqual({
      end: "ServiceUnavailableException",
      requests: 3,
      used: 3,
    }));

  it("is no longer tried when its tries are used up, whatever the client would do", async () =>
    expect(await called([busy], { tries: 2, isLast: true })).toMatchObject({ requests: 2 }));

  it("waits for AWS as long as it says, or not at all", async () => {
    const soon = refuses(429, "ThrottlingException", { "retry-after": "0" });
    expect(await called([soon, answers], PATIENT)).toMatchObject({ end: "200", requests: 2 });
    const late = refuses(429, "ThrottlingException", { "retry-after": "6" });
    expect(await called([late, answers], PATIENT)).toMatchObject({ end: "ThrottlingException", requests: 1 });
  });
});
