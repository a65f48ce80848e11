import { bodyParser } from "@koa/bodyparser";
import Koa3 from "koa";
import Koa2 from "koa2";
import { createServer as createHttp2Server } from "node:http2";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bedrockOpenAI } from "../../../adapters/koa.ts";
import { eventually, type House, openHouse } from "../../support/bedrock.ts";
import { type Door, served } from "../../support/doors/served.ts";
import { http2Fetch } from "../../support/http2-fetch.ts";
import { post } from "./visit.ts";

let house: House;
let door: Door;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await door?.close();
  house.bedrock.reset();
});
afterAll(() => house.bedrock.close());

const chat = (init: RequestInit): Promise<Response> => fetch(`${door.baseURL}/chat/completions`, init);

/** As `koa-mount` does: what it is mounted on is cut off the path. */
const mounted =
  (path: string, middleware: Koa3.Middleware): Koa3.Middleware =>
  async (context, next) => {
    if (!context.path.startsWith(path)) return next();
    const whole = context.path;
    context.path = whole.slice(path.length);
    await middleware(context, async () => {
      context.path = whole;
      await next();
    });
    context.path = whole;
  };

describe.each([
  ["Koa 3", Koa3],
  ["Koa 2", Koa2],
])("%s", (_, Koa) => {
  let errors: Error[];
  const open = async (...middleware: Koa3.Middleware[]): Promise<void> => {
    errors = [];
    const app = new Koa();
    app.on("error", (error: Error) => errors.push(error));
    for (const each of middleware) app.use(each);
    door = await served(() => app.callback())(house.handler);
  };

  it("asks with what the app has changed of a parsed body", async () => {
    await open(
      bodyParser(),
      (context, next) => {
        context.request.body = { ...(context.request.body as object), max_tokens: 50 };
        return next();
      },
      bedrockOpenAI(house.handler, { prefix: "/v1" }),
    );
    expect((await chat(post({ max_tokens: 5_000 }))).status).toBe(200);
    expect(house.bedrock.requests.at(-1)!.body).toMatchObject({ inferenceConfig: { maxTokens: 50 } });
  });

  it("answers within its prefix and leaves the rest to the app", async () => {
    await open(bedrockOpenAI(house.handler, { prefix: "/v1" }), (context) => {
      context.body = "own";
    });
    expect((await chat(post({}))).status).toBe(200);
    expect((await fetch(`${door.baseURL}/nowhere`)).status).toBe(404);
    for (const path of ["/", "/v10/chat/completions", "/V1/models", "/other/v1/health"])
      expect(await (await fetch(new URL(path, door.baseURL))).text()).toBe("own");
  });

  it("answers everything without a prefix, in OpenAI's words", async () => {
    await open(bedrockOpenAI(house.handler));
    expect((await chat(post({}))).status).toBe(200);
    const unknown = await fetch(new URL("/", door.baseURL));
    expect([unknown.status, await unknown.json()]).toMatchObject([404, { error: { code: "unknown_url" } }]);
  });

  it("takes options and prefix together, and a prefix that is mounted", async () => {
    const { bedrock } = house;
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "x" };
    const options = { endpoint: bedrock.url, region: "us-east-1", credentials, retries: 0 };
    await open(mounted("/api", bedrockOpenAI({ ...options, prefix: "/v1/" })));
    expect((await fetch(new URL("/api/v1/health", door.baseURL))).status).toBe(200);
    expect((await fetch(new URL("/v1/health", door.baseURL))).status).toBe(404);
  });

  it.each(["v1", "/v1?x", "/v1/*", "/:version", ""])("refuses the prefix %j, which is no path", (prefix) => {
    expect(() => bedrockOpenAI(house.handler, { prefix })).toThrow(/'prefix' must be a path/);
  });

  it("what stands before sees the answer, and may add to it", async () => {
    const seen: unknown[] = [];
    await open(async (context, next) => {
      await next();
      seen.push([context.status, context.type]);
      context.set("x-after", "added");
    }, bedrockOpenAI(house.handler));
    const { headers } = await chat(post({}));
    expect(headers.get("x-after")).toBe("added");
    await chat(post({ messages: [] }));
    expect(seen).toEqual([
      [200, "application/json"],
      [400, "application/json"],
    ]);
  });

  it("what a body parser cannot read stays the app's affair, and what it has not read is whole", async () => {
    await open(bodyParser(), bedrockOpenAI(house.handler));
    expect((await chat({ ...post({}), body: "{" })).status).toBe(400);
    const form = new FormData();
    form.set("model", "stability.sd3-5-large-v1:0");
    const response = await fetch(`${door.baseURL}/images/edits`, { method: "POST", body: form });
    expect(await response.json()).toMatchObject({ error: { param: expect.stringMatching(/image|prompt/) } });
  });

  it("what goes wrong outside of a call goes to app.on('error')", async () => {
    await open(
      bedrockOpenAI(async () => {
        throw new Error("a logger that throws");
      }),
    );
    expect((await chat(post({}))).status).toBe(500);
    expect(errors).toMatchObject([{ message: "a logger that throws" }]);
  });

  it("an answer that breaks off never looks complete", async () => {
    let pieces: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        pieces = controller;
        controller.enqueue(new TextEncoder().encode("some"));
      },
    });
    await open(bedrockOpenAI(async () => new Response(body)));
    const response = await chat(post({}));
    const reader = response.body!.getReader();
    await reader.read();
    pieces!.error(new Error("broken"));
    await expect(reader.read()).rejects.toThrow();
  });

  it("a caller who leaves is no error of the app's", async () => {
    house.bedrock.enqueue({ content: [{ text: "word ".repeat(2_000) }], delayMs: 5 });
    await open(bedrockOpenAI(house.handler));
    const controller = new AbortController();
    const response = await chat(post({ stream: true }, { signal: controller.signal }));
    await response.body!.getReader().read();
    controller.abort();
    await house.bedrock.requests[0]!.closed;
    expect(house.bedrock.requests[0]!.aborted).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(errors).toEqual([]);
  });

  it("a caller who leaves before it is their turn is no error of the app's, and no model is asked", async () => {
    let isGone = false;
    await open(async (context, next) => {
      controller.abort();
      await new Promise((resolve) => context.res.once("close", resolve));
      isGone = true;
      await next();
    }, bedrockOpenAI(house.handler));
    const controller = new AbortController();
    await expect(chat(post({}, { signal: controller.signal }))).rejects.toMatchObject({ name: "AbortError" });
    await eventually(() => isGone);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([errors, house.bedrock.requests]).toEqual([[], []]);
  });

  it("an answer that the app has begun stays the only one, and no model is asked", async () => {
    await open(async (context, next) => {
      context.respond = false;
      context.res.end("mine");
      await next();
    }, bedrockOpenAI(house.handler));
    expect(await (await chat(post({}))).text()).toBe("mine");
    await eventually(() => errors.length === 1);
    expect(errors).toMatchObject([{ message: expect.stringContaining("begun before") }]);
    expect(house.bedrock.requests).toEqual([]);
  });

  it("authorize sees what the app knows of the caller", async () => {
    const authorize = (_request: Request, context: unknown): boolean =>
      (context as Koa3.Context).state["user"] === "ada";
    await open(
      (context, next) => {
        context.state["user"] = context.get("x-user");
        return next();
      },
      bedrockOpenAI(house.withOptions({ authorize })),
    );
    expect((await chat(post({}, { headers: { "x-user": "ada" } }))).status).toBe(200);
    expect((await chat(post({}, { headers: { "x-user": "bob" } }))).status).toBe(401);
  });
});

// Koa 3, which answers it by itself.
it("HEAD over HTTP/2 is answered, and the caller does not wait for ever", async () => {
  const errors: Error[] = [];
  const app = new Koa3();
  app.on("error", (error: Error) => errors.push(error));
  app.use(bedrockOpenAI(house.handler, { prefix: "/v1" }));
  const server = createHttp2Server(app.callback());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const { fetch, close } = http2Fetch(`http://127.0.0.1:${port}`);
  const path = `http://127.0.0.1:${port}/v1`;
  const statuses = [];
  for (const method of ["GET", "HEAD"])
    for (const place of ["/models", "/nowhere"])
      statuses.push((await fetch(`${path}${place}`, { method })).status);
  close();
  await new Promise((resolve) => server.close(resolve));
  expect([statuses, errors]).toEqual([[200, 404, 200, 404], []]);
});
