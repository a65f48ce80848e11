import { BedrockRuntimeClient, type BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createCourier } from "../../../../../src/bedrock/courier/courier.ts";
import type { Parcel } from "../../../../../src/bedrock/courier/parcel.ts";
import { createRequestHandler } from "../../../../../src/bedrock/transport/request-handler.ts";
import { answerText } from "../../../../../src/bedrock/courier/read-text.ts";

/** What AWS does with one request after the other; the last for all that follow. */
type Act = (request: IncomingMessage, response: ServerResponse) => void;

const closes: (() => void)[] = [];
afterEach(() => {
  for (const close of closes.splice(0)) close();
});

async function awsThat(...acts: Act[]) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    const act = acts[requests.length] ?? acts.at(-1)!;
    requests.push(request);
    request.resume().on("end", () => act(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closes.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

const answers: Act = (_, response) => void response.end('{"ok":true}');
const resets: Act = (request) => void request.socket.resetAndDestroy();
const refuses =
  (status: number, name: string, headers: Record<string, string> = {}, body = '{"message":"no"}'): Act =>
  (_, response) => {
    response.writeHead(status, {
      "x-amzn-errortype": name,
      "x-amzn-requestid": "aws-1",
      "content-type": "application/json",
      date: "Tue, 03 Nov 2026 10:00:00 GMT",
      ...headers,
    });
    response.end(body);
  };

const KEYS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };

function clientOf(endpoint: BedrockRuntimeClientConfig["endpoint"], config: BedrockRuntimeClientConfig = {}) {
  const requestHandler = new NodeHttpHandler();
  const client = new BedrockRuntimeClient({
    endpoint: endpoint!,
    region: "us-east-1",
    credentials: KEYS,
    maxAttempts: 3,
    requestHandler,
    disableClockSkewCorrection: true,
    ...config,
  } as BedrockRuntimeClientConfig);
  closes.push(() => client.destroy());
  return client;
}

/** The SDK's own steps run one by one. */
const throughStack = (client: BedrockRuntimeClient): BedrockRuntimeClient => {
  client.middlewareStack.add(((next: unknown) => next) as never, { step: "build", name: "mine" });
  return client;
};

const courierOf = (client: BedrockRuntimeClient) =>
  createCourier(() => ({ lean: () => undefined, runtime: async () => client }) as never, {
    firstByte: 5_000,
    idle: 5_000,
  });

const call = (client: BedrockRuntimeClient, parcel: Partial<Parcel> = {}) =>
  courierOf(client)({
    operation: "Converse",
    modelId: "m",
    body: Buffer.from("{}"),
    signal: new AbortController().signal,
    ...parcel,
  });

interface Failure extends Error {
  $metadata?: Record<string, unknown>;
  $response?: { statusCode?: number; headers?: Record<string, string> };
}

/** All of an error that anybody can look at, but for how long the SDK happened to wait: by chance that is no time at all. */
function seen(thrown: unknown) {
  const { name, message, $metadata, $response, ...own } = thrown as Failure;
  const { totalRetryDelay, ...metadata } = $metadata ?? {};
  return {
    kinds: kindsOf(thrown as object),
    name,
    message,
    own,
    tellsWait: typeof totalRetryDelay,
    metadata,
    status: $response?.statusCode,
    names: Object.keys($response?.headers ?? {}).toSorted(),
  };
}

function kindsOf(value: object | null): string[] {
  const prototype = value && (Object.getPrototypeOf(value) as object | null);
  return prototype ? [prototype.constructor.name, ...kindsOf(prototype)] : [];
}

async function failed(acts: Act[], change: (client: BedrockRuntimeClient) => BedrockRuntimeClient) {
  const aws = await awsThat(...acts);
  const error: unknown = await call(change(clientOf(aws.endpoint))).catch((thrown: unknown) => thrown);
  const ids = aws.requests.map(({ headers }) => headers["amz-sdk-invocation-id"]);
  const tries = aws.requests.map(({ headers }) => headers["amz-sdk-request"]);
  return { seen: seen(error), tries, ids: new Set(ids).size };
}

describe("a failure of a call without the SDK's stack", () => {
  it.each<[string, ...Act[]]>([
    ["a refusal that is modeled", refuses(400, "ValidationException")],
    [
      "one with members of its own",
      refuses(424, "ModelErrorException", {}, '{"message":"no","originalStatusCode":429}'),
    ],
    ["one that nobody has modeled", refuses(418, "TeapotException:http://x")],
    ["one without a name", refuses(500, "")],
    ["one whose body is none", refuses(400, "ValidationException", {}, "<html>")],
    ["throttling, to the last try", refuses(429, "ThrottlingException", { "retry-after": "0" })],
    [
      "a server that is busy, then a refusal",
      refuses(503, "ServiceUnavailableException"),
      refuses(403, "AccessDeniedException"),
    ],
    ["a redirect", refuses(302, "", { location: "http://127.0.0.1:9/" })],
    ["a connection that is reset", resets],
  ])("is the SDK's own, after as many tries: %s", async (_, ...acts) => {
    const thin = await failed(acts, (client) => client);
    expect(thin).toEqual(await failed(acts, throughStack));
    expect(thin.ids).toBe(1);
  });

  it("is tried again by the SDK, which AWS hears as the same call", async () => {
    const aws = await awsThat(refuses(503, "ServiceUnavailableException"), resets, answers);
    const { status } = await call(clientOf(aws.endpoint));
    expect(status).toBe(200);
    expect(aws.requests.map(({ headers }) => headers["amz-sdk-request"])).toEqual([
      "attempt=1; max=3",
      "attempt=2; max=3",
      "attempt=3; max=3",
    ]);
  });

  it("is that of the credentials, which are asked for once", async () => {
    const aws = await awsThat(answers);
    const credentials = vi.fn<() => Promise<never>>(async () => {
      throw new Error("no credentials today");
    });
    const client = clientOf(aws.endpoint, { credentials });
    await expect(call(client)).rejects.toThrow("no credentials today");
    expect(credentials).toHaveBeenCalledTimes(1);
    expect(aws.requests).toHaveLength(0);
  });

  it("is the signer's, before anything is sent", async () => {
    const aws = await awsThat(answers);
    const client = clientOf(aws.endpoint, { credentials: async () => ({}) as typeof KEYS });
    await expect(call(client)).rejects.toThrow("Resolved credential object is not valid");
    expect(aws.requests).toHaveLength(0);
  });
});

describe("what is known of a client", () => {
  it("is asked of the SDK once, and its stack then left alone", async () => {
    const aws = await awsThat(answers);
    const client = clientOf(aws.endpoint);
    const resolved = vi.spyOn(client.middlewareStack, "concat");
    for (let count = 0; count < 5; count += 1) {
      await expect(answerText(await call(client))).resolves.toBe('{"ok":true}');
    }
    expect(aws.requests).toHaveLength(5);
    expect(resolved).toHaveBeenCalledTimes(1);
  });

  it("is asked anew where its address is another with each call", async () => {
    const [one, other] = [await awsThat(answers), await awsThat(answers)];
    let current = one;
    const client = clientOf(async () => {
      const { protocol, hostname, port, pathname: path } = new URL(current.endpoint);
      return { protocol, hostname, port: Number(port), path };
    });
    for (const aws of [one, one, other, one, other, other]) {
      current = aws;
      await call(client);
    }
    expect([one.requests.length, other.requests.length]).toEqual([3, 3]);
    for (const { endpoint, requests } of [one, other])
      for (const { headers } of requests) expect(headers.host).toBe(new URL(endpoint).host);
  });

  it("is asked anew where the SDK tells AWS of other credentials", async () => {
    const aws = await awsThat(answers);
    let source = { CREDENTIALS_HTTP: "z" } as object;
    const credentials = async () => ({ ...KEYS, expiration: new Date(Date.now() + 1_000), $source: source });
    const client = clientOf(aws.endpoint, { credentials });
    await call(client);
    source = { CREDENTIALS_IMDS: "0" };
    await call(client);
    await call(client);
    const agents = aws.requests.map(({ headers }) => / m\/(\S+)$/.exec(headers["user-agent"]!)?.[1]);
    expect(agents).toEqual(["N,E,z", "N,E,0", "N,E,0"]);
  });

  it("is not kept where it could not be told", async () => {
    const aws = await awsThat(answers);
    let isDown = true;
    const credentials = async () => {
      if (isDown) throw new Error("down");
      return KEYS;
    };
    const client = clientOf(aws.endpoint, { credentials });
    await expect(call(client)).rejects.toThrow("down");
    isDown = false;
    expect(await call(client)).toMatchObject({ status: 200 });
  });
});

describe("the memory of an answer's pieces", () => {
  it("is ours alone, but where middleware may have kept them", async () => {
    const aws = await awsThat((_, response) => {
      response.write('{"ok":');
      setTimeout(() => response.end("true}"), 20);
    });
    const requestHandler = (await createRequestHandler()) as never;
    const client = () => clientOf(aws.endpoint, { requestHandler });
    for (const [isUnshared, of] of [
      [true, client()],
      [undefined, throughStack(client())],
      [undefined, clientOf(aws.endpoint)],
    ] as const) {
      const delivery = await call(of);
      expect(delivery).toMatchObject({ status: 200, isUnshared });
      await expect(answerText(delivery)).resolves.toBe('{"ok":true}');
    }
  });
});

describe("a parcel's own headers", () => {
  it("go through the SDK's stack where it says the same", async () => {
    const aws = await awsThat(answers);
    const parcel = { headers: { "user-agent": "mine", "x-mine": "1" } };
    await call(clientOf(aws.endpoint), parcel);
    await call(throughStack(clientOf(aws.endpoint)), parcel);
    const [thin, stack] = aws.requests.map(({ headers }) => headers);
    expect(thin!["user-agent"]).toBe(stack!["user-agent"]);
    expect(thin!["x-amz-user-agent"]).toBe(stack!["x-amz-user-agent"]);
  });
});

describe("a caller who leaves", () => {
  it("ends the call on AWS's side, and AWS is not asked again", async () => {
    const controller = new AbortController();
    let closed: Promise<unknown> | undefined;
    const aws = await awsThat((request) => {
      closed = new Promise((resolve) => request.socket.once("close", resolve));
      controller.abort(new Error("left"));
    });
    await expect(call(clientOf(aws.endpoint), { signal: controller.signal })).rejects.toThrow("left");
    await closed;
    expect(aws.requests).toHaveLength(1);
  });
});
