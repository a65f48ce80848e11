import { createGunzip, gzipSync } from "node:zlib";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { bedrockOpenAI, type FastifyContext } from "../../../adapters/fastify.ts";
import { eventually, type House, openHouse } from "../../support/bedrock.ts";
import { http2Fetch } from "../../support/http2-fetch.ts";
import { chunksOf } from "../../support/sse.ts";
import { post } from "./visit.ts";

let house: House;
let app: FastifyInstance;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await app.close();
  house.bedrock.reset();
});
afterAll(() => house.bedrock.close());

const listen = (): Promise<string> => app.listen({ port: 0, host: "127.0.0.1" });
const mount = (options: object = {}): void =>
  void app.register(bedrockOpenAI, { prefix: "/v1", handler: house.handler, ...options });

it("the app keeps its routes, its body parsers and its bounds; the API has its own", async () => {
  app = fastify({ bodyLimit: 100 });
  mount();
  app.post("/own", (request) => ({ got: request.body }));
  const base = await listen();
  const own = (text: string) => fetch(`${base}/own`, post({}, { body: JSON.stringify({ text }) }));
  expect(await (await own("a")).json()).toEqual({ got: { text: "a" } });
  expect((await own("x".repeat(200))).status).toBe(413);
  const long = { messages: [{ role: "user", content: "x".repeat(2_000_000) }] };
  expect((await fetch(`${base}/v1/chat/completions`, post(long))).status).toBe(200);
});

it("two mounts share a handler", async () => {
  app = fastify();
  mount();
  mount({ prefix: "/team/v1" });
  const base = await listen();
  for (const prefix of ["/v1", "/team/v1"])
    expect((await fetch(`${base}${prefix}/chat/completions`, post({}))).status).toBe(200);
});

it("takes everything that the app has no route for, without a prefix", async () => {
  app = fastify();
  app.register(bedrockOpenAI, { handler: house.handler });
  app.get("/", () => "own");
  const base = await listen();
  expect(await (await fetch(base)).text()).toBe("own");
  expect((await fetch(`${base}/v1/chat/completions`, post({}))).status).toBe(200);
});

it("an option that makes no sense keeps the app from starting", async () => {
  app = fastify();
  app.register(bedrockOpenAI, { prefix: "/v1", retries: -1 });
  await expect(listen()).rejects.toThrow(/'retries' must be/);
});

it("a guard that is misspelt keeps the app from starting, and Fastify's own options do not", async () => {
  app = fastify();
  const own = { prefix: "/v1", logLevel: "warn", logSerializers: {} } as const;
  app.register(bedrockOpenAI, { ...own, region: "us-east-1" });
  app.register(bedrockOpenAI, { ...own, prefix: "/other/v1", handler: house.handler });
  await listen();
  await app.close();
  app = fastify();
  app.register(bedrockOpenAI, { ...own, apikeys: ["sk-one"] } as object);
  await expect(listen()).rejects.toThrow("there is no option 'apikeys'; did you mean 'apiKeys'?");
});

it("the app's hooks run: one turns callers away, others add to the answer", async () => {
  app = fastify();
  app.addHook("onRequest", async (request, reply) => {
    if (request.headers.authorization !== "Bearer right") return reply.code(403).send({ mine: true });
    reply.header("vary", "Accept-Encoding");
    return undefined;
  });
  app.addHook("onSend", async (_request, reply) => void reply.header("x-sent", "yes"));
  mount({
    handler: async (request: Request, context: unknown) => {
      const answer = await house.handler(request, context);
      answer.headers.set("vary", "Origin");
      return answer;
    },
  });
  const base = await listen();
  const ask = (key: string) =>
    fetch(`${base}/v1/chat/completions`, post({}, { headers: { authorization: `Bearer ${key}` } }));
  expect((await ask("wrong")).status).toBe(403);
  const { status, headers } = await ask("right");
  expect([status, headers.get("x-sent"), headers.get("vary")]).toEqual([
    200,
    "yes",
    "Accept-Encoding, Origin",
  ]);
  expect(house.bedrock.requests).toHaveLength(1);
});

it("a body that a preParsing hook has unpacked is read unpacked", async () => {
  app = fastify();
  app.addHook("preParsing", async (request, _reply, payload) =>
    request.headers["content-encoding"] === "gzip" ? payload.pipe(createGunzip()) : payload,
  );
  mount();
  const base = await listen();
  const { body, ...init } = post({ messages: [{ role: "user", content: "packed" }] });
  const response = await fetch(`${base}/v1/chat/completions`, {
    ...init,
    headers: { "content-type": "application/json", "content-encoding": "gzip" },
    body: gzipSync(body as string),
  });
  expect([response.status, await response.text()]).toEqual([200, expect.stringContaining("packed")]);
});

it("a body that cannot be unpacked is an error, and not the end of the process", async () => {
  app = fastify();
  app.addHook("preParsing", async (_request, _reply, payload) => payload.pipe(createGunzip()));
  mount();
  const base = await listen();
  const response = await fetch(`${base}/v1/chat/completions`, post({}));
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(await response.json()).toHaveProperty("error.message");
});

it("an answer that an onSend hook packs is whole", async () => {
  app = fastify();
  app.addHook("onSend", async (_request, reply, payload) => {
    reply.header("content-encoding", "gzip");
    return (payload as ReadableStream<Uint8Array>).pipeThrough(
      new CompressionStream("gzip") as unknown as ReadableWritablePair<Uint8Array, Uint8Array>,
    );
  });
  mount();
  const base = await listen();
  const response = await fetch(`${base}/v1/chat/completions`, post({ stream: true }));
  expect(chunksOf(await response.text()).done).toBe(true);
});

it("what goes wrong outside of a call goes to the app's error handler", async () => {
  app = fastify();
  app.setErrorHandler((error: Error, _request, reply) => reply.code(503).send(error.message));
  mount({
    handler: async () => {
      throw new Error("a logger that throws");
    },
  });
  const response = await fetch(`${await listen()}/v1/chat/completions`, post({}));
  expect([response.status, await response.text()]).toEqual([503, "a logger that throws"]);
});

it("a caller who leaves in a hook is no failure of the server's, and no model is asked", async () => {
  house.logged.length = 0;
  app = fastify();
  const controller = new AbortController();
  app.addHook("preHandler", async (_request, reply) => {
    controller.abort();
    await new Promise((resolve) => reply.raw.once("close", resolve));
  });
  const answers: number[] = [];
  mount({
    handler: async (request: Request, context: unknown) => {
      const answer = await house.handler(request, context);
      answers.push(answer.status);
      return answer;
    },
  });
  const base = await listen();
  const asking = fetch(`${base}/v1/chat/completions`, post({}, { signal: controller.signal }));
  await expect(asking).rejects.toMatchObject({ name: "AbortError" });
  await eventually(() => answers.length === 1);
  expect([house.logged, house.bedrock.requests]).toEqual([[], []]);
});

it.each([
  ["fails", () => Promise.reject(new Error("a hook that fails"))],
  ["sends something else", () => Promise.resolve("mine")],
])("an onSend hook that %s in the place of a stream stops the model", async (_, onSend) => {
  house.bedrock.enqueue({ content: [{ text: "word ".repeat(2_000) }], delayMs: 5 });
  app = fastify();
  app.addHook("onSend", onSend);
  mount();
  const response = await fetch(`${await listen()}/v1/chat/completions`, post({ stream: true }));
  await response.text();
  await eventually(() => house.bedrock.requests[0]?.aborted === true);
});

it("authorize sees what the app knows of the caller", async () => {
  app = fastify();
  app.decorateRequest("user", "");
  app.addHook("onRequest", async (request) => {
    (request as FastifyRequest & { user: string }).user = "ada";
  });
  mount({
    handler: house.withOptions({
      authorize: (_request, context) => {
        const { request, reply } = context as FastifyContext<FastifyRequest & { user: string }, FastifyReply>;
        return request.user === "ada" && request.routeOptions.url === "/v1/*" && !reply.sent;
      },
    }),
  });
  expect((await fetch(`${await listen()}/v1/chat/completions`, post({}))).status).toBe(200);
});

it("inject() answers without a socket", async () => {
  app = fastify();
  mount();
  const { body } = post({});
  const response = await app.inject({
    method: "POST",
    url: "/v1/chat/completions",
    headers: { "content-type": "application/json" },
    payload: body as string,
  });
  expect([response.statusCode, response.json()]).toMatchObject([200, { object: "chat.completion" }]);
});

it("on HTTP/2 it streams, and refuses what is too large", async () => {
  const server = fastify({ http2: true });
  app = server as unknown as FastifyInstance;
  server.register(bedrockOpenAI, { prefix: "/v1", handler: house.withOptions({ maxBodyBytes: 10_000 }) });
  const base = await listen();
  const { fetch, close } = http2Fetch(base);
  const streamed = await fetch(`${base}/v1/chat/completions`, post({ stream: true }));
  expect(chunksOf(await streamed.text()).done).toBe(true);
  const refused = await fetch(`${base}/v1/chat/completions`, post({ user: "x".repeat(500_000) }));
  expect([refused.status, await refused.json()]).toMatchObject([
    413,
    { error: { code: "request_too_large" } },
  ]);
  close();
});
