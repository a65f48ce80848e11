import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bedrockOpenAI, type LambdaContext, type LambdaEvent } from "../../../adapters/lambda.ts";
import { CLAUDE, eventually, type House, openHouse } from "../../support/bedrock.ts";
import { SLOW } from "../../support/clients.ts";
import {
  awayFromLambda,
  functionUrl,
  invocation,
  invokeStreaming,
  onLambda,
  resultOf,
} from "../../support/lambda.ts";
import { chunksOf } from "../../support/sse.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  awayFromLambda();
  await house.bedrock.close();
});

const chat = (extra: object = {}) =>
  JSON.stringify({ model: CLAUDE, messages: [{ role: "user", content: "Grüße" }], ...extra });

const JSON_HEADERS = { "content-type": "application/json" };

/** Payload 2.0: function URLs and HTTP APIs. */
const v2 = (body?: string, extra: object = {}): LambdaEvent => ({
  version: "2.0",
  rawPath: "/v1/chat/completions",
  rawQueryString: "",
  headers: JSON_HEADERS,
  requestContext: {
    domainName: "abc.lambda-url.us-east-1.on.aws",
    http: { method: "POST", sourceIp: "203.0.113.7" },
  },
  ...(body !== undefined && { body }),
  isBase64Encoded: false,
  ...extra,
});

/** Payload 1.0: REST APIs, whose stage is not in the path. */
const v1 = (body: string, extra: object = {}): LambdaEvent => ({
  httpMethod: "POST",
  path: "/v1/chat/completions",
  headers: JSON_HEADERS,
  multiValueHeaders: { "content-type": ["application/json"] },
  queryStringParameters: null,
  body,
  isBase64Encoded: false,
  requestContext: { httpMethod: "POST", identity: { sourceIp: "203.0.113.7" } },
  ...extra,
});

const alb = { requestContext: { elb: { targetGroupArn: "arn:aws:elasticloadbalancing:…" } } };

const everything = async (bytes: AsyncIterable<Buffer>): Promise<Buffer> => {
  const all: Buffer[] = [];
  for await (const each of bytes) all.push(each);
  return Buffer.concat(all);
};

describe("a whole answer, as API Gateway and load balancers take it", () => {
  it.each<[string, LambdaEvent]>([
    ["a function URL or an HTTP API", v2(chat())],
    ["a body in base64", v2(Buffer.from(chat()).toString("base64"), { isBase64Encoded: true })],
    ["a REST API", v1(chat())],
    ["a load balancer", v1(chat(), { ...alb, multiValueHeaders: undefined })],
  ])("%s", async (_, event) => {
    const result = resultOf(await bedrockOpenAI(house.handler)(event, invocation()));
    expect(result).toMatchObject({ statusCode: 200, headers: { "content-type": "application/json" } });
    expect(result.isBase64Encoded ?? false).toBe(false);
    expect(JSON.parse(result.body!)).toMatchObject({
      choices: [{ message: { content: expect.stringContaining("Grüße") } }],
    });
  });

  it("a load balancer with multi-value headers, which reads no others", async () => {
    const event = v1(chat(), { ...alb, headers: undefined });
    const result = resultOf(await bedrockOpenAI(house.handler)(event, invocation()));
    expect(result).toMatchObject({
      statusCode: 200,
      multiValueHeaders: { "content-type": ["application/json"] },
    });
    expect(result.headers).toBeUndefined();
  });

  it("a stream that nobody can stream is whole all the same", async () => {
    const result = resultOf(await bedrockOpenAI(house.handler)(v2(chat({ stream: true })), invocation()));
    expect(chunksOf(result.body!).done).toBe(true);
  });

  it("a GET with a body, as some clients send it, and a console's test without headers", async () => {
    const get = v2("{}", { rawPath: "/health", requestContext: { http: { method: "GET" } } });
    const bare = v1("", { path: "/health", httpMethod: "GET", headers: null, multiValueHeaders: null });
    for (const event of [get, bare])
      expect(await bedrockOpenAI(house.handler)(event, invocation())).toMatchObject({ statusCode: 200 });
  });

  it("headers beyond Latin-1, which AWS hands on as they were meant, do not end the function", async () => {
    const event = v2(chat(), {
      headers: { ...JSON_HEADERS, "x-title": "✓ Prüfung" },
      cookies: ["who=Ω", "a=b"],
    });
    const seen: Headers[] = [];
    const handler = house.withOptions({ authorize: ({ headers }) => seen.push(headers) > 0 });
    const answer = await bedrockOpenAI(handler, { invokeMode: "BUFFERED" })(event, invocation());
    expect(answer).toMatchObject({ statusCode: 200 });
    expect(Buffer.from(seen[0]!.get("x-title")!, "latin1").toString()).toBe("✓ Prüfung");
    expect(Buffer.from(seen[0]!.get("cookie")!, "latin1").toString()).toBe("who=Ω; a=b");
  });

  it("a load balancer's query, which is still encoded, is not encoded twice", async () => {
    const event = v1("", {
      ...alb,
      path: "/health",
      httpMethod: "GET",
      queryStringParameters: { after: "a%2Fb" },
    });
    let url = "";
    const handler = async (request: Request) => ((url = request.url), new Response());
    await bedrockOpenAI(handler)(event, invocation());
    expect(new URL(url).searchParams.get("after")).toBe("a/b");
  });

  it("bytes go in base64, and cookies apart", async () => {
    const answer = new Response(new Uint8Array([0, 255]), { headers: { "content-type": "image/png" } });
    answer.headers.append("set-cookie", "a=1");
    answer.headers.append("set-cookie", "b=2");
    const result = await bedrockOpenAI(async () => answer)(v2("{}"), invocation());
    expect(result).toMatchObject({ body: "AP8=", isBase64Encoded: true, cookies: ["a=1", "b=2"] });
  });
});

describe("a streamed answer", () => {
  it("is the metadata, eight zeros and the body, on their way while the model still speaks", async () => {
    house.bedrock.enqueue(SLOW);
    const handler = onLambda(() => bedrockOpenAI(house.handler));
    const streamed = invokeStreaming(handler, v2(chat({ stream: true })));
    let head = Buffer.alloc(0);
    for await (const bytes of streamed.bytes) {
      head = Buffer.concat([head, bytes]);
      if (head.includes("word")) break;
    }
    expect(house.bedrock.openRequests).toBe(1);
    expect(streamed.contentType).toBe("application/vnd.awslambda.http-integration-response");
    const end = head.indexOf(Buffer.alloc(8));
    expect(JSON.parse(head.subarray(0, end).toString())).toMatchObject({
      statusCode: 200,
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        "x-request-id": expect.stringMatching(/^req_/),
      },
    });
    expect(head.subarray(end + 8).toString()).toMatch(/^(: keep-alive\n\n)*data: \{/);
    await streamed.over.catch(() => undefined);
  });

  it("keeps the status and the body of a refusal", async () => {
    const door = await functionUrl(onLambda(() => bedrockOpenAI(house.handler)));
    const response = await door.fetch(`${door.baseURL}/chat/completions`, {
      method: "POST",
      headers: JSON_HEADERS,
      body: "{",
    });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: { type: "invalid_request_error" } },
    ]);
    await door.close();
  });

  it("is refused to a load balancer, which would show the metadata to the caller", async () => {
    const handler = onLambda(() => bedrockOpenAI(house.handler));
    await expect(invokeStreaming(handler, v1(chat(), alb)).over).rejects.toThrow("invokeMode: 'BUFFERED'");
    expect(house.bedrock.requests).toEqual([]);
  });

  it("is not given where the function is invoked for a whole one", async () => {
    const handler = onLambda(() => bedrockOpenAI(house.handler, { invokeMode: "BUFFERED" }));
    expect(await handler(v2(chat({ stream: true })), invocation())).toMatchObject({ statusCode: 200 });
  });

  it("is not tried with the empty global that the AWS SDK makes outside Lambda", async () => {
    Object.assign(globalThis, { awslambda: {} });
    expect(await bedrockOpenAI(house.handler)(v2(chat()), invocation())).toMatchObject({ statusCode: 200 });
  });

  it("is not promised where no Lambda runtime is", () => {
    expect(() => bedrockOpenAI(house.handler, { invokeMode: "RESPONSE_STREAM" })).toThrow(
      "only in Lambda's Node.js runtime",
    );
  });
});

describe("Lambda's deadline", () => {
  const OVER = "The answer took longer than the Lambda function 'gateway' may run. Raise its timeout.";

  it("ends a stream with an error frame instead of a cut, and stops the model", async () => {
    house.bedrock.enqueue({ content: [{ text: "word ".repeat(20_000) }], delayMs: 5 });
    const handler = onLambda(() => bedrockOpenAI(house.handler));
    const streamed = invokeStreaming(handler, v2(chat({ stream: true })), invocation(1_400));
    const bytes = await everything(streamed.bytes);
    await streamed.over;
    const { chunks, done } = chunksOf(bytes.subarray(bytes.indexOf(Buffer.alloc(8)) + 8).toString());
    expect(done).toBe(false);
    expect(chunks.length).toBeGreaterThan(2);
    expect(chunks.at(-1)!.error).toMatchObject({ code: "timeout", message: OVER });
    await eventually(() => house.bedrock.requests[0]!.aborted);
    expect(house.logged).toEqual([`bedrock-openai: ${OVER}`]);
  });

  it("is a 408 where nothing was said yet", async () => {
    house.bedrock.enqueue({ content: [{ text: "late" }], fault: { kind: "stall", afterEvents: -1 } });
    const result = resultOf(await bedrockOpenAI(house.handler)(v2(chat()), invocation(1_200)));
    expect([result.statusCode, JSON.parse(result.body!)]).toMatchObject([
      408,
      { error: { code: "timeout", message: OVER } },
    ]);
    await eventually(() => house.bedrock.requests[0]!.aborted);
  });
});

it("hands what Lambda called it with to authorize", async () => {
  const seen: unknown[] = [];
  const authorize = (_: Request, context: unknown) => {
    const { event, context: call } = context as LambdaContext;
    seen.push(event.requestContext, call.functionName);
    return false;
  };
  const result = await bedrockOpenAI(house.withOptions({ authorize }))(v2(chat()), invocation());
  expect(result).toMatchObject({ statusCode: 401 });
  expect(seen).toEqual([v2().requestContext, "gateway"]);
});
