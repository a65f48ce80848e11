import { createServer, type RequestListener } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BedrockOpenAIOptions } from "../../src/index.ts";
import { eventually, type House, openHouse } from "../support/bedrock.ts";
import { converseServer } from "../support/converse-server.ts";
import { chatRequest } from "../support/requests.ts";
import { chunksOf } from "../support/sse.ts";
import { type MediaServer, serve } from "../unit/media/media-server.ts";

/** A server of the operator's own that speaks Converse, in the place of AWS. */

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

const MODEL = "converse_like/some-model";

type Entry = Exclude<NonNullable<BedrockOpenAIOptions["models"]>[string], string>;

const handlerFor = (entry: Entry, options: BedrockOpenAIOptions = {}) =>
  house.withOptions({ models: { [MODEL]: entry }, ...options });

/** What a caller gets where the server answers like this. */
async function refusedBy(answer: RequestListener, stream: boolean) {
  const { url, requests } = await serve(answer);
  const handler = handlerFor({ url: url("/converse"), apiKey: "sk-secret" });
  const response = await handler(chatRequest({ model: MODEL, stream }));
  const text = await response.text();
  expect(text).not.toContain("sk-secret");
  return { status: response.status, headers: response.headers, body: JSON.parse(text) as unknown, requests };
}

describe("a server of one's own", () => {
  it("gets the Converse body as it stands, at its own URL, with its own headers and nothing of AWS's", async () => {
    const { heard, answer } = converseServer();
    const { url } = await serve(answer);
    const handler = handlerFor({
      url: url("/models/converse?team=a"),
      apiKey: "sk-1234",
      headers: { test: "hello world" },
    });
    const response = await handler(chatRequest({ model: `bedrock/${MODEL}`, max_tokens: 5 }));
    expect(await response.json()).toMatchObject({
      object: "chat.completion",
      model: "some-model",
      choices: [{ message: { role: "assistant", content: "Mine." }, finish_reason: "stop" }],
      usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
    });
    expect(heard).toHaveLength(1);
    const [{ headers, ...asked }] = heard as [(typeof heard)[number]];
    expect(asked).toEqual({
      url: "/models/converse?team=a",
      body: { messages: [{ role: "user", content: [{ text: "Hello" }] }], inferenceConfig: { maxTokens: 5 } },
    });
    expect(headers).toMatchObject({ authorization: "Bearer sk-1234", test: "hello world" });
    expect(Object.keys(headers).filter((name) => name.startsWith("x-amz"))).toEqual([]);
    expect(house.bedrock.requests).toEqual([]);
  });

  it.each([
    ["in frames", "/stream"],
    ["in one piece, where it does not stream", "/whole"],
  ])("streams %s", async (_, path) => {
    const { heard, answer } = converseServer();
    const { url } = await serve(answer);
    const handler = handlerFor({ url: url("/whole"), streamUrl: url(path) });
    const response = await handler(chatRequest({ model: MODEL, stream: true }));
    const { chunks, done } = chunksOf(await response.text());
    expect([done, chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")]).toEqual([
      true,
      "Mine.",
    ]);
    expect(chunks.at(-1)!.choices[0]!.finish_reason).toBe("stop");
    expect(heard.map((request) => request.url)).toEqual([path]);
  });

  it("is not asked where the request is only to be explained", async () => {
    const { url, requests } = await serve(converseServer().answer);
    const handler = handlerFor({ url: url("/converse"), apiKey: "sk-secret" });
    const response = await handler(chatRequest({ model: MODEL }, { headers: { "x-bedrock-explain": "1" } }));
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ target: { model: "some-model", surface: "converse-like" } });
    expect(text).not.toContain("sk-secret");
    expect(requests).toEqual([]);
  });
});

describe.each([false, true])("its refusal (stream: %s)", (stream) => {
  it.each<
    [
      status: number,
      headers: Record<string, string>,
      body: string,
      expected: { status: number; type: string },
    ]
  >([
    [400, {}, '{"message":"no such thing"}', { status: 400, type: "invalid_request_error" }],
    [422, {}, '{"error":{"message":"no such thing"}}', { status: 400, type: "invalid_request_error" }],
    [
      400,
      { "x-amzn-errortype": "ValidationException" },
      '{"Message":"no such thing"}',
      { status: 400, type: "invalid_request_error" },
    ],
    [429, { "retry-after": "7" }, '{"message":"no such thing"}', { status: 429, type: "rate_limit_error" }],
  ])("of %s %j says what it said: %s", async (status, headers, body, { status: expected, type }) => {
    const answer: RequestListener = (_, response) => void response.writeHead(status, headers).end(body);
    const refused = await refusedBy(answer, stream);
    expect([refused.status, refused.body]).toMatchObject([
      expected,
      { error: { type, message: expect.stringContaining("no such thing") } },
    ]);
    if (status === 429) expect(refused.headers.get("retry-after")).toBe("7");
  });

  it.each<[string, RequestListener]>([
    [
      "a fault of its own",
      (_, response) => void response.writeHead(500).end("Traceback of somebody's secrets"),
    ],
    [
      "a page for people",
      (_, response) => void response.writeHead(200, { "content-type": "text/html" }).end("<html>"),
    ],
    [
      "JSON that is no answer",
      (_, response) => void response.writeHead(200, { "content-type": "application/json" }).end("{}"),
    ],
    [
      "a word that is no object",
      (_, response) => void response.writeHead(200, { "content-type": "application/json" }).end("null"),
    ],
    ["a socket that closes", (_, response) => void response.destroy()],
  ])("by %s is a failure of the server's, and shows nothing of it", async (_, answer) => {
    const { status, body } = await refusedBy(answer, stream);
    expect(status).toBeGreaterThanOrEqual(500);
    expect(body).toMatchObject({ error: { type: "server_error" } });
    expect(JSON.stringify(body)).not.toMatch(/secrets|html/);
  });

  it.each([301, 302, 307, 308])("to answer itself is not followed: %s", async (status) => {
    const other = await serve(converseServer().answer);
    const location = other.url("/converse");
    const answer: RequestListener = (_, response) => void response.writeHead(status, { location }).end();
    const refused = await refusedBy(answer, stream);
    expect(refused.status).toBeGreaterThanOrEqual(500);
    expect([refused.requests.length, other.sockets.length]).toEqual([1, 0]);
  });
});

describe("a slow server", () => {
  const silent: RequestListener = () => undefined;
  const stalled: RequestListener = (_, response) => {
    response.writeHead(200, { "content-type": "application/vnd.amazon.eventstream" });
    response.flushHeaders();
  };

  it.each<[string, boolean, RequestListener]>([
    ["before it answers", false, silent],
    ["before it streams", true, silent],
  ])("is left when the caller leaves %s", async (_, stream, answer) => {
    const server: MediaServer = await serve(answer);
    const caller = new AbortController();
    const handler = handlerFor({ url: server.url() });
    const waiting = handler(chatRequest({ model: MODEL, stream }, { signal: caller.signal }));
    await eventually(() => server.requests.length === 1);
    caller.abort();
    await server.allClosed();
    expect((await waiting).status).toBeGreaterThanOrEqual(400);
  });

  it("is left when the caller stops reading its stream", async () => {
    const server = await serve((request, response) => {
      stalled(request, response);
    });
    const caller = new AbortController();
    const handler = handlerFor({ url: server.url() });
    const waiting = handler(chatRequest({ model: MODEL, stream: true }, { signal: caller.signal }));
    await eventually(() => server.requests.length === 1);
    caller.abort();
    await server.allClosed();
    await (await waiting).body?.cancel();
  });

  it.each<[string, RequestListener, object]>([
    ["for its headers", silent, { firstByte: 50 }],
    ["between two pieces", stalled, { idle: 50 }],
  ])("is waited for with an end, %s", async (_, answer, timeouts) => {
    const server = await serve(answer);
    const handler = handlerFor({ url: server.url() }, { timeouts });
    const response = await handler(chatRequest({ model: MODEL, stream: true }));
    expect(response.status).toBeGreaterThanOrEqual(500);
    expect(await response.json()).toMatchObject({ error: { type: "server_error" } });
    await server.allClosed();
  });

  it("that is not there is a failure of the server's", async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
    const { port } = gone.address() as { port: number };
    await new Promise((resolve) => gone.close(resolve));
    const response = await handlerFor({ url: `http://127.0.0.1:${port}/` })(chatRequest({ model: MODEL }));
    expect(response.status).toBeGreaterThanOrEqual(500);
    expect(await response.json()).toMatchObject({ error: { type: "server_error" } });
  });
});
