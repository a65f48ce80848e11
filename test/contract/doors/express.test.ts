import type { RequestListener } from "node:http";
import { gzipSync } from "node:zlib";
import express5, { type ErrorRequestHandler, type RequestHandler } from "express";
import express4 from "express4";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bedrockOpenAI, type ExpressContext } from "../../../adapters/express.ts";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import { eventually, type House, openHouse } from "../../support/bedrock.ts";
import { type Door, served } from "../../support/doors/served.ts";
import { post } from "./visit.ts";

let house: House;
let door: Door;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await door.close();
  house.bedrock.reset();
});
afterAll(() => house.bedrock.close());

const chat = (init: RequestInit): Promise<Response> => fetch(`${door.baseURL}/chat/completions`, init);
const FORM = "application/x-www-form-urlencoded";

describe.each([
  ["Express 5", express5],
  ["Express 4", express4],
])("%s", (_, express) => {
  /** An app with something before the API, and something that errors go to. */
  const open = async (
    before: RequestHandler[],
    handler: BedrockOpenAIHandler = house.handler,
    after?: ErrorRequestHandler,
  ): Promise<void> => {
    const app = express();
    for (const each of before) app.use(each);
    app.use("/v1", bedrockOpenAI(handler));
    if (after) app.use(after);
    door = await served(() => app as unknown as RequestListener)(handler);
  };

  it.each([
    ["json()", express.json()],
    ["raw()", express.raw({ type: "application/json" })],
    ["text()", express.text({ type: "application/json" })],
    ["raw() and json() one after the other", [express.raw({ type: "*/*" }), express.json()]],
  ])("what %s has read is the same body", async (_, parser) => {
    await open([parser].flat());
    const response = await chat(post({ messages: [{ role: "user", content: "grüße 世界" }] }));
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("grüße 世界");
  });

  it("what the app has changed of a parsed body counts, also where its parser keeps the bytes", async () => {
    const keeping = express.json({
      verify: (request, _response, bytes) => Object.assign(request, { rawBody: bytes }),
    });
    await open([
      keeping,
      (request, _response, next) => {
        request.body.max_tokens = 50;
        next();
      },
    ]);
    expect((await chat(post({ max_tokens: 5_000 }))).status).toBe(200);
    expect(house.bedrock.requests.at(-1)!.body).toMatchObject({ inferenceConfig: { maxTokens: 50 } });
  });

  it("the bytes that something has kept count where nobody has parsed them", async () => {
    await open([
      (request, _response, next) => {
        const pieces: Buffer[] = [];
        request.on("data", (piece: Buffer) => pieces.push(piece));
        request.once("end", () => {
          Object.assign(request, { rawBody: Buffer.concat(pieces), body: {} });
          next();
        });
      },
    ]);
    expect((await chat(post({ max_tokens: 60 }))).status).toBe(200);
    expect(house.bedrock.requests.at(-1)!.body).toMatchObject({ inferenceConfig: { maxTokens: 60 } });
  });

  it.each([
    ["json()", express.json()],
    ["raw()", express.raw({ type: "application/json" })],
    ["text()", express.text({ type: "application/json" })],
  ])("what %s has unpacked is not taken for packed, although its header stays", async (_, parser) => {
    await open([parser]);
    const { body, ...init } = post(
      { messages: [{ role: "user", content: "unpacked" }] },
      { headers: { "content-encoding": "gzip" } },
    );
    const response = await chat({ ...init, body: gzipSync(body as string) });
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining("unpacked")]);
  });

  it("what urlencoded() has read is no JSON", async () => {
    await open([express.urlencoded({ extended: true })]);
    const response = await chat({ method: "POST", headers: { "content-type": FORM }, body: "model=a" });
    expect([response.status, await response.json()]).toMatchObject([
      415,
      { error: { code: "unsupported_content_type" } },
    ]);
  });

  it("a body that something read and threw away is a 400 that says so, at once", async () => {
    await open([(request, _response, next) => void request.resume().once("end", () => next())]);
    const response = await chat(post({}));
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: { code: "body_already_read", message: expect.stringContaining("Mount this API before") } },
    ]);
    expect(house.bedrock.requests).toEqual([]);
  });

  it("an upload that a parser of uploads has eaten is a 400 that says so, at once", async () => {
    // As multer does: the fields become the body, the files are gone.
    await open([
      (request, _response, next) => {
        request.resume().once("end", () => {
          request.body = { model: "stability.sd3-5-large-v1:0" };
          next();
        });
      },
    ]);
    const body = new FormData();
    body.set("model", "stability.sd3-5-large-v1:0");
    const response = await fetch(`${door.baseURL}/images/edits`, { method: "POST", body });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: { code: "invalid_form", message: expect.stringContaining("before any parser of uploads") } },
    ]);
  });

  it("what goes wrong outside of a call goes to the app's error handler", async () => {
    await open(
      [],
      async () => {
        throw new Error("a logger that throws");
      },
      (error: Error, _request, response, _next) => void response.status(503).send(error.message),
    );
    const response = await chat(post({}));
    expect([response.status, await response.text()]).toEqual([503, "a logger that throws"]);
  });

  it("an answer that the app has given already stays the only one, and no model is asked", async () => {
    await open([
      (_request, response, next) => {
        response.send("mine");
        next();
      },
    ]);
    expect(await (await chat(post({}))).text()).toBe("mine");
    expect(house.bedrock.requests).toEqual([]);
  });

  it("an answer that the app has begun is not begun again: that is an error of the app's", async () => {
    await open(
      [
        (_request, response, next) => {
          response.write("mine");
          next();
        },
      ],
      undefined,
      (error: Error, _request, response, _next) => void response.end(`, ${error.message}`),
    );
    expect(await (await chat(post({}))).text()).toBe(
      "mine, bedrock-openai: the response was begun before it came here.",
    );
    expect(house.bedrock.requests).toEqual([]);
  });

  it("an answer that the app begins while the model thinks is not mixed with the model's", async () => {
    let left = false;
    await open(
      [
        (_request, response, next) => {
          setTimeout(() => response.write("mine"), 20);
          setTimeout(() => response.end(" alone"), 200);
          next();
        },
      ],
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        const start = (pieces: ReadableStreamDefaultController) =>
          pieces.enqueue(new TextEncoder().encode("!"));
        return new Response(new ReadableStream({ start, cancel: () => void (left = true) }));
      },
    );
    expect(await (await chat(post({}))).text()).toBe("mine alone");
    expect(left).toBe(true);
  });

  it("a timeout of the app's own stops the model", async () => {
    house.bedrock.enqueue({ content: [{ text: "late" }], fault: { kind: "stall", afterEvents: -1 } });
    await open([
      (_request, response, next) => {
        setTimeout(() => response.status(504).send("too slow"), 200);
        next();
      },
    ]);
    const response = await chat(post({}));
    expect([response.status, await response.text()]).toEqual([504, "too slow"]);
    await house.bedrock.requests[0]!.closed;
    expect(house.bedrock.requests[0]!.aborted).toBe(true);
  });

  it("who logs requests at their end still finds the socket, after a refused upload too", async () => {
    const addresses: (string | undefined)[] = [];
    await open(
      [
        (request, response, next) => {
          response.once("finish", () => addresses.push(request.ip));
          next();
        },
      ],
      house.withOptions({ maxBodyBytes: 1_000 }),
    );
    expect((await chat(post({ user: "x".repeat(5_000_000) }))).status).toBe(413);
    await eventually(() => addresses.length === 1);
    expect(addresses).toEqual([expect.stringContaining("127.0.0.1")]);
  });

  it("a list that both write is the list of both", async () => {
    await open(
      [(_request, response, next) => next(response.vary("Accept-Encoding") && undefined)],
      async () => Response.json({}, { headers: { vary: "Origin", "x-own": "ours" } }),
    );
    const { headers } = await chat(post({}));
    expect([headers.get("vary"), headers.get("x-own")]).toEqual(["Accept-Encoding, Origin", "ours"]);
  });

  it("authorize sees what the app knows of the caller", async () => {
    await open(
      [
        (_request, response, next) => {
          response.locals["user"] = "ada";
          next();
        },
      ],
      house.withOptions({
        authorize: (_request, context) => {
          const { req, res } = context as ExpressContext<express5.Request, express5.Response>;
          return res.locals["user"] === "ada" && req.originalUrl === "/v1/chat/completions";
        },
      }),
    );
    expect((await chat(post({}))).status).toBe(200);
  });

  it("a handler of the app's own may read a copy of the body first", async () => {
    const seen: unknown[] = [];
    await open([], async (request, context) => {
      seen.push(await request.clone().json());
      return house.handler(request, context);
    });
    const response = await chat(post({ user: "ada" }));
    expect([response.status, seen]).toMatchObject([200, [{ user: "ada" }]]);
  });
});
