import {
  ApplyGuardrailCommand,
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  ConverseCommand,
  ConverseStreamCommand,
  CountTokensCommand,
  InvokeGuardrailChecksCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
  ListAsyncInvokesCommand,
  ModelStreamErrorException,
  ResourceNotFoundException,
  ThrottlingException,
  ValidationException,
} from "@aws-sdk/client-bedrock-runtime";
import { request as httpRequest } from "node:http";
import { gzipSync } from "node:zlib";
import { NodeHttp2Handler, NodeHttpHandler } from "@smithy/node-http-handler";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createBedrockOpenAIHandler } from "../../src/index.ts";
import { CLAUDE, eventually, type House, NOVA, openHouse } from "../support/bedrock.ts";
import { BREAKING, callerLeft, drained, SLOW, THROTTLED } from "../support/clients.ts";
import { DEAF_DOORS, DOORS, type Door } from "../support/doors.ts";
import { chatRequest } from "../support/requests.ts";

let house: House;
let handler: House["handler"];
beforeAll(async () => {
  house = await openHouse();
  handler = house.withOptions({
    passThrough: true,
    maxBodyBytes: 100_000,
    models: { fast: CLAUDE, "team/one": CLAUDE, own: { model: "mine", url: "http://127.0.0.1:9/" } },
  });
});
afterEach(() => {
  house.logged.length = 0;
  house.bedrock.reset();
});
afterAll(() => house.bedrock.close());

const HTTP_DOORS = Object.entries(DOORS).filter(([name]) => name !== "createBedrockFetch");

const clientOf = (url: string, config: BedrockRuntimeClientConfig = {}): BedrockRuntimeClient =>
  new BedrockRuntimeClient({
    endpoint: `${url}/bedrock`,
    region: "eu-central-1",
    credentials: { accessKeyId: "anyone", secretAccessKey: "anything" },
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(),
    ...config,
  });

const TWO_WORDS = { content: [{ text: "two words" }] };
const messages = [{ role: "user" as const, content: [{ text: "Hello" }] }];
const NATIVE = JSON.stringify({
  anthropic_version: "bedrock-2023-05-31",
  max_tokens: 50,
  messages: [{ role: "user", content: "Hello" }],
});

describe.each(HTTP_DOORS)("AWS's own client through %s", (name, open) => {
  let door: Door;
  let aws: BedrockRuntimeClient;
  beforeAll(async () => {
    door = await open(handler);
    const requestHandler = name === "node:http2" ? new NodeHttp2Handler() : new NodeHttpHandler();
    aws = clientOf(door.baseURL, { requestHandler });
  });
  afterAll(async () => {
    aws.destroy();
    await door.close();
  });

  it("converses, and calls an alias by its model", async () => {
    house.bedrock.enqueue(TWO_WORDS);
    const answer = await aws.send(new ConverseCommand({ modelId: "fast", messages }));
    expect(answer.output?.message?.content).toEqual([{ text: "two words" }]);
    expect(answer.$metadata.requestId).toBeTruthy();
    expect(house.bedrock.requests.at(-1)).toMatchObject({
      operation: "Converse",
      modelId: CLAUDE,
      body: { messages },
    });
  });

  it("streams, and reads AWS's frames as they are", async () => {
    house.bedrock.enqueue(TWO_WORDS);
    const { stream } = await aws.send(new ConverseStreamCommand({ modelId: CLAUDE, messages }));
    const events = await drained(stream!);
    expect(events.map((event) => event.contentBlockDelta?.delta?.text ?? "").join("")).toBe("two words");
    expect(events.at(-1)).toHaveProperty("metadata");
  });

  it("invokes a model in its own words, whole and streamed", async () => {
    house.bedrock.enqueue(TWO_WORDS, TWO_WORDS);
    const whole = await aws.send(
      new InvokeModelCommand({ modelId: "team/one", contentType: "application/json", body: NATIVE }),
    );
    expect(JSON.parse(new TextDecoder().decode(whole.body))).toMatchObject({
      content: [{ type: "text", text: "two words" }],
    });
    const { body } = await aws.send(
      new InvokeModelWithResponseStreamCommand({
        modelId: CLAUDE,
        contentType: "application/json",
        body: NATIVE,
      }),
    );
    const chunks = await drained(body!);
    expect(chunks.length).toBeGreaterThan(3);
    expect(JSON.parse(new TextDecoder().decode(chunks[0]!.chunk!.bytes))).toMatchObject({
      type: "message_start",
    });
  });

  it("counts tokens", async () => {
    const modelId = CLAUDE.replace("us.", "");
    const { inputTokens } = await aws.send(
      new CountTokensCommand({ modelId, input: { converse: { messages } } }),
    );
    expect(inputTokens).toBeGreaterThan(0);
  });

  it("asks a guardrail by its ARN, and reads its verdict", async () => {
    const { action, guardrailCoverage } = await aws.send(
      new ApplyGuardrailCommand({
        guardrailIdentifier: "arn:aws:bedrock:us-east-1:123456789012:guardrail/abc123",
        guardrailVersion: "DRAFT",
        source: "INPUT",
        content: [{ text: { text: "Hello" } }],
      }),
    );
    expect([action, guardrailCoverage]).toEqual(["NONE", { textCharacters: { guarded: 5, total: 5 } }]);
    expect(house.bedrock.requests.at(-1)!.path).toBe(
      "/guardrail/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aguardrail%2Fabc123/version/DRAFT/apply",
    );
  });

  it("asks for checks that need no guardrail", async () => {
    const { results } = await aws.send(
      new InvokeGuardrailChecksCommand({
        messages: [{ role: "user", content: [{ text: "I hate it" }] }],
        checks: { contentFilter: { categories: [{ category: "HATE" }] } },
      }),
    );
    expect(results?.contentFilter?.results).toEqual([{ category: "HATE", severityScore: 0.6 }]);
  });

  it("carries what names no model and has a query, signed for AWS", async () => {
    const command = new ListAsyncInvokesCommand({ maxResults: 5, statusEquals: "Completed" });
    // The emulator does not know it, and says so only to whoever is signed in.
    await expect(aws.send(command)).rejects.toMatchObject({ name: "UnknownOperationException" });
    const { method, path, query } = house.bedrock.requests.at(-1)!;
    expect([method, path, query]).toEqual([
      "GET",
      "/async-invoke",
      { maxResults: "5", statusEquals: "Completed" },
    ]);
  });

  it("raises AWS's exceptions: before an answer and in a stream", async () => {
    house.bedrock.enqueue(THROTTLED);
    await expect(aws.send(new ConverseCommand({ modelId: CLAUDE, messages }))).rejects.toThrow(
      ThrottlingException,
    );
    await expect(aws.send(new ConverseCommand({ modelId: CLAUDE, messages: [] }))).rejects.toThrow(
      ValidationException,
    );
    house.bedrock.enqueue(BREAKING);
    const { stream } = await aws.send(new ConverseStreamCommand({ modelId: CLAUDE, messages }));
    await expect(drained(stream!)).rejects.toThrow(ModelStreamErrorException);
  });

  it("raises AWS's exceptions for refusals of ours", async () => {
    const refused = (modelId: string, text = "Hello") =>
      aws.send(new ConverseCommand({ modelId, messages: [{ role: "user", content: [{ text }] }] }));
    await expect(refused("../../guardrail")).rejects.toThrow(ResourceNotFoundException);
    await expect(refused("own")).rejects.toThrow(ResourceNotFoundException);
    await expect(refused("x".repeat(3_000))).rejects.toThrow(ResourceNotFoundException);
    await expect(refused(CLAUDE, "long ".repeat(50_000))).rejects.toThrow(ValidationException);
    expect(house.bedrock.requests).toHaveLength(0);
  });

  it.each(DEAF_DOORS.has(name) ? [] : [name])(
    "stops the model when its reader leaves a stream of %s",
    async () => {
      house.bedrock.enqueue(SLOW);
      const controller = new AbortController();
      const { stream } = await aws.send(new ConverseStreamCommand({ modelId: CLAUDE, messages }), {
        abortSignal: controller.signal,
      });
      for await (const _event of stream!) break;
      controller.abort();
      await callerLeft(house);
      expect(house.bedrock.requests.at(-1)!.aborted).toBe(true);
    },
  );
});

it.each(Object.entries(DOORS))("carries bytes as they are, both ways, through %s", async (_, open) => {
  const door = await open(handler);
  const answer = new Uint8Array([123, 34, 195, 40, 34, 125]);
  house.bedrock.enqueue({ bytes: [answer], headers: { "content-type": "application/json" } });
  const response = await door.fetch(`${door.baseURL}/bedrock/model/fast/converse`, {
    method: "POST",
    headers: { "content-type": "application/json", "accept-encoding": "identity" },
    body: JSON.stringify({ messages }),
  });
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(answer);
  expect(house.bedrock.requests.at(-1)!.body).toEqual({ messages });
  await door.close();
});

describe("attempts", () => {
  const RESET = { fault: { kind: "reset", afterEvents: -1 } } as const;
  const STALL = { fault: { kind: "stall", afterEvents: -1 } } as const;

  it.each([
    ["refuses", THROTTLED, 429],
    ["hangs up", RESET, 503],
    ["is silent", STALL, 504],
  ])("are the caller's alone: AWS %s once for each", async (_, reply, status) => {
    const patient = house.withOptions({ passThrough: true, retries: 4, timeouts: { firstByte: 300 } });
    house.bedrock.enqueue(reply, TWO_WORDS);
    expect((await post(patient, `/model/${CLAUDE}/converse`, { messages })).status).toBe(status);
    expect(house.bedrock.requests).toHaveLength(1);
  });

  it("are not multiplied by those of AWS's client", async () => {
    const door = await DOORS["node:http"]!(house.withOptions({ passThrough: true, retries: 4 }));
    const aws = clientOf(door.baseURL, { maxAttempts: 3 });
    house.bedrock.enqueue(RESET, RESET, TWO_WORDS);
    const answer = await aws.send(new ConverseCommand({ modelId: CLAUDE, messages }));
    expect(answer.$metadata.attempts).toBe(3);
    expect(house.bedrock.requests).toHaveLength(3);
    aws.destroy();
    await door.close();
  });

  it("of chat are still ours", async () => {
    house.bedrock.enqueue(RESET, TWO_WORDS);
    const patient = house.withOptions({ retries: 1 });
    expect((await patient(chatRequest({ model: CLAUDE }))).status).toBe(200);
  });
});

const post = (to: House["handler"], path: string, body: unknown, init: RequestInit = {}): Promise<Response> =>
  to(
    new Request(`http://x/v1/bedrock${path}`, {
      method: "POST",
      body: JSON.stringify(body),
      ...init,
      headers: { "content-type": "application/json", ...(init.headers as Record<string, string>) },
    }),
  );

describe("what reaches AWS", () => {
  it("is none of the caller's identity, hosts and connections", async () => {
    const sent = {
      accept: "application/json",
      authorization: "Bearer sk-caller",
      cookie: "session=caller",
      forwarded: "for=caller",
      host: "caller.example",
      origin: "https://caller.example",
      "x-api-key": "caller",
      "x-amz-security-token": "caller",
      "x-amz-date": "20200101T000000Z",
      "x-forwarded-for": "caller",
      "x-forwarded-host": "caller.example",
      "accept-encoding": "gzip, caller",
      "x-http-method-override": "DELETE",
      "x-amzn-bedrock-trace": "ENABLED",
    };
    const response = await post(
      handler,
      `/model/${NOVA}/converse?X-Amz-Signature=caller&a=b`,
      { messages },
      {
        headers: sent,
      },
    );
    expect(response.status).toBe(200);
    const { headers, query } = house.bedrock.requests.at(-1)!;
    expect(JSON.stringify(headers)).not.toContain("caller");
    expect(headers).toMatchObject({ accept: "application/json", "x-amzn-bedrock-trace": "ENABLED" });
    expect(headers["x-amz-date"]).not.toBe(sent["x-amz-date"]);
    expect(headers).not.toHaveProperty("x-http-method-override");
    expect(query).toEqual({});
  });

  it.each([
    "/model/%2e%2e/converse",
    "/model/..%2f..%2fx/converse",
    "/model/..%252f..%252fx/converse",
    `/model/${CLAUDE}%252fx/converse`,
    "/model//converse",
    "/model/a.b;x=y/converse",
    "/model/a.b%00/converse",
    "/model/a.b%0d%0ahost:evil/converse",
    "/model/a.b%3Fx=y/converse",
    "/model/a.b%23/converse",
    "/model/%E0%A4%A/converse",
    "/model/converse",
    "/model/a.b/converse/x",
    "/model/a.b/delete",
    "/model/arn:aws:bedrock:evil.example:123456789012:imported-model%2Fabc/converse",
    "/model/us-east-1.evil.example%2Fa.b/converse",
    "/guardrail/%2e%2e%2fmodel%2fx/version/1/apply",
    "/guardrail/a/version/latest/apply",
    "/guardrail/arn:aws:bedrock:evil-1:123456789012:guardrail%2Fabc/version/1/apply",
    "/async-invoke/..%2fmodel",
    "/foundation-models",
    "/openai/v1/chat",
    "/",
    "//model/a.b/converse",
  ])("is never the path %s", async (path) => {
    for (const method of ["GET", "POST"]) {
      const response = await handler(
        new Request(`http://x/v1/bedrock${path}`, { method, ...(method === "POST" && { body: "{}" }) }),
      );
      expect(response.status).toBe(404);
    }
    expect(house.bedrock.requests).toEqual([]);
  });

  it.each(["PUT", "DELETE", "PATCH"])("is nothing by %s", async (method) => {
    const response = await handler(new Request(`http://x/v1/bedrock/model/${CLAUDE}/converse`, { method }));
    expect(response.status).toBe(405);
    expect(house.bedrock.requests).toEqual([]);
  });

  it("is nothing by HEAD or OPTIONS", async () => {
    const url = `http://x/v1/bedrock/model/${CLAUDE}/converse`;
    expect((await handler(new Request(url, { method: "HEAD" }))).status).toBe(404);
    const options = await handler(new Request(url, { method: "OPTIONS" }));
    expect([options.status, options.headers.get("allow")]).toEqual([204, "POST, GET, OPTIONS"]);
    expect(house.bedrock.requests).toEqual([]);
  });

  it("is the id of an ARN in one piece, whether the caller encoded it or not", async () => {
    const arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456";
    for (const written of [arn, encodeURIComponent(arn)]) {
      await post(handler, `/model/${written}/converse`, { messages });
      expect(house.bedrock.requests.at(-1)!.path).toBe(`/model/${encodeURIComponent(arn)}/converse`);
    }
  });

  it("goes to the Region of the model string", async () => {
    await post(handler, `/model/${encodeURIComponent(`us-west-2/${CLAUDE}`)}/converse`, { messages });
    expect(house.bedrock.requests.at(-1)!.headers["authorization"]).toContain("/us-west-2/bedrock/");
    await post(
      handler,
      "/guardrail/arn:aws:bedrock:eu-west-1:123456789012:guardrail%2Fabc/version/1/apply",
      {},
    );
    expect(house.bedrock.requests.at(-1)!.headers["authorization"]).toContain("/eu-west-1/bedrock/");
  });
});

describe("what reaches the caller", () => {
  it("is AWS's refusal, byte for byte", async () => {
    house.bedrock.enqueue({ error: { name: "AccessDeniedException", message: "arn:aws:… may not" } });
    const response = await post(handler, `/model/${CLAUDE}/converse`, { messages });
    expect(response.status).toBe(403);
    expect(response.headers.get("x-amzn-errortype")).toMatch(/^AccessDeniedException:/);
    expect(response.headers.get("x-amzn-requestid")).toBeTruthy();
    expect(await response.json()).toEqual({ message: "arn:aws:… may not" });
    expect(house.logged).toEqual([]);
  });

  it("is a failure of ours in AWS's form, which the operator hears of", async () => {
    const lost = createBedrockOpenAIHandler({
      passThrough: true,
      endpoint: "http://127.0.0.1:9",
      region: "us-east-1",
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
      logger: { error: (message) => void house.logged.push(message), warn: () => undefined },
    });
    const response = await post(lost, `/model/${CLAUDE}/converse`, { messages });
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ message: expect.stringContaining("could not be reached") });
    expect(house.logged).toHaveLength(1);
  });

  it.each([
    ["converse", { fault: { kind: "stall", afterEvents: -1 } }],
    ["converse", { fault: { kind: "stall", afterEvents: 0 } }],
    ["converse-stream", SLOW],
  ] as const)("ends when the caller's signal fires: %s", async (operation, reply) => {
    house.bedrock.enqueue(reply);
    const controller = new AbortController();
    const init = { signal: controller.signal };
    const request = post(handler, `/model/${CLAUDE}/${operation}`, { messages }, init);
    // Before the headers it is answered all the same, as every request is.
    const ended = request.then((response) => response.text()).catch((error: Error) => error.name);
    await eventually(() => house.bedrock.requests.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    controller.abort();
    await callerLeft(house);
    expect(await ended).toMatch(/AbortError|Sorry/);
  });

  it("carries AWS's own headers, and of the others none", async () => {
    house.bedrock.enqueue({
      bytes: [gzipSync('{"ok":true}')],
      headers: {
        "content-type": "application/json",
        "content-encoding": "gzip",
        "set-cookie": "aws=1",
        server: "aws",
        "keep-alive": "timeout=5",
        "x-amzn-bedrock-input-token-count": "3",
      },
    });
    const door = await DOORS["node:http"]!(handler);
    const response = await door.fetch(`${door.baseURL}/bedrock/model/${CLAUDE}/converse`, {
      method: "POST",
      body: JSON.stringify({ messages }),
    });
    expect(await response.json()).toEqual({ ok: true });
    expect(response.headers.get("x-amzn-bedrock-input-token-count")).toBe("3");
    for (const name of ["set-cookie", "server"]) expect(response.headers.has(name)).toBe(false);
    await door.close();
  });

  it.each(["converse", "converse-stream"])(
    "is memory of its own: whoever takes a piece of %s away takes nobody else's",
    async (operation) => {
      const answer = await handler(
        new Request(`http://localhost/bedrock/model/${CLAUDE}/${operation}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ messages }),
        }),
      );
      let size = 0;
      for await (const piece of answer.body!) {
        expect(piece.buffer.byteLength).toBe(piece.byteLength);
        size += structuredClone(piece, { transfer: [piece.buffer] }).byteLength;
      }
      expect(size).toBeGreaterThan(0);
    },
  );

  it("is nothing where AWS sends nothing", async () => {
    house.bedrock.enqueue({ bytes: [], status: 204 });
    const response = await post(handler, `/model/${CLAUDE}/converse`, { messages });
    expect([response.status, response.body]).toEqual([204, null]);
  });
});

describe("a path as it stands on the wire", () => {
  it.each([
    "/v1/bedrock/model/../../x",
    "/v1/bedrock/model/%2e%2e/converse",
    "//v1//bedrock//model/a.b/converse",
  ])("does not lead out of the model's place: %s", async (path) => {
    const door = await DOORS["node:http"]!(handler);
    const { port } = new URL(door.baseURL);
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest({ port, path, method: "POST" }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.once("error", reject).end("{}");
    });
    expect(status).toBe(404);
    expect(house.bedrock.requests).toEqual([]);
    await door.close();
  });
});

describe("where it is mounted", () => {
  it("does not hide chat under a mount of its own name", async () => {
    const chat = chatRequest({ model: CLAUDE });
    const response = await handler(new Request(chat.url.replace("/v1/", "/bedrock/v1/"), chat));
    expect(await response.json()).toMatchObject({ object: "chat.completion" });
    const models = await handler(new Request(`http://x/bedrock/v1/models/${CLAUDE}`));
    expect(await models.json()).toMatchObject({ id: CLAUDE });
  });

  it.each(["/bedrock", "/bedrock/v1/bedrock", "/any/where/bedrock"])("answers below %s", async (mount) => {
    const response = await handler(
      new Request(`http://x${mount}/model/fast/converse`, {
        method: "POST",
        body: JSON.stringify({ messages }),
      }),
    );
    expect(response.status).toBe(200);
  });

  it("leaves models whose id begins with its name to the list of models", async () => {
    const url = `http://x/v1/models/bedrock/${CLAUDE}`;
    expect((await handler(new Request(url))).status).toBe(200);
    expect((await handler(new Request(url, { method: "DELETE" }))).headers.get("allow")).toBe("GET, OPTIONS");
  });
});

describe("where it is off", () => {
  it.each(["GET", "POST", "PUT", "DELETE", "OPTIONS"])("its paths are unknown ones: %s", async (method) => {
    const told = async (path: string) => {
      const response = await house.handler(new Request(`http://x/v1/${path}`, { method }));
      const headers = Object.fromEntries(response.headers);
      for (const name of ["x-request-id", "openai-processing-ms"]) delete headers[name];
      return { status: response.status, headers, body: (await response.text()).replace(path, "") };
    };
    expect(await told("bedrock/model/a.b/converse")).toEqual(await told("nowhere/model/a.b/converse"));
    expect(house.bedrock.requests).toEqual([]);
  });
});
