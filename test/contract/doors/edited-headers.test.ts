import express5 from "express";
import express4 from "express4";
import fastify from "fastify";
import { request as send, type RequestListener } from "node:http";
import Koa from "koa";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bedrockOpenAI as onExpress } from "../../../adapters/express.ts";
import { bedrockOpenAI as onFastify } from "../../../adapters/fastify.ts";
import { bedrockOpenAI as onKoa } from "../../../adapters/koa.ts";
import { bedrockOpenAI as onPages } from "../../../adapters/next-pages.ts";
import { bedrockOpenAI as onNode } from "../../../adapters/node.ts";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import { type House, openHouse } from "../../support/bedrock.ts";
import { type Door, served } from "../../support/doors/served.ts";
import { post } from "./visit.ts";

type Edit = (headers: Record<string, string | string[] | undefined>) => void;
type App = (handler: BedrockOpenAIHandler, edit: Edit) => RequestListener | Promise<RequestListener>;

/** Apps whose own middleware edits a request's headers, each as its framework has it. */
const APPS: Record<string, App> = {
  "node:http": (handler, edit) => {
    const answer = onNode(handler);
    return (req, res) => {
      edit(req.headers);
      answer(req, res);
    };
  },
  "Express 5": (handler, edit) => onAnyExpress(express5, handler, edit),
  "Express 4": (handler, edit) => onAnyExpress(express4 as unknown as typeof express5, handler, edit),
  Koa: (handler, edit) =>
    new Koa()
      .use((context, next) => {
        edit(context.request.headers);
        return next();
      })
      .use(onKoa(handler, { prefix: "/v1" }))
      .callback() as RequestListener,
  Fastify: async (handler, edit) => {
    const app = fastify();
    app.addHook("onRequest", async (request) => edit(request.headers));
    await app.register(onFastify, { handler, prefix: "/v1" });
    await app.ready();
    return app.routing as unknown as RequestListener;
  },
  "Next's pages": (handler, edit) => {
    const answer = onPages(handler);
    return (req, res) => {
      edit(req.headers);
      void answer(req, res);
    };
  },
};

function onAnyExpress(express: typeof express5, handler: BedrockOpenAIHandler, edit: Edit): RequestListener {
  const app = express();
  app.use((request, _, next) => {
    edit(request.headers);
    next();
  });
  app.use("/v1", onExpress(handler));
  return app as unknown as RequestListener;
}

let house: House;
let door: Door | undefined;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await door?.close();
  door = undefined;
});
afterAll(() => house.bedrock.close());

describe.each(Object.entries(APPS))(
  "%s: what the app's own middleware makes of a header counts",
  (_, app) => {
    /** Who calls, as `authorize` finds it. */
    async function seen(
      edit: Edit,
      headers: Record<string, string> = {},
    ): Promise<string | null | undefined> {
      let user: string | null | undefined;
      const handler = house.withOptions({
        authorize: (request) => {
          user = request.headers.get("x-user");
          expect(new Headers(request.headers).get("x-user")).toBe(user);
          return true;
        },
      });
      door = await served((asked) => app(asked, edit))(handler);
      const { status } = await fetch(`${door.baseURL}/chat/completions`, post({}, { headers }));
      expect(status).toBe(200);
      return user;
    }

    it.each([{}, { "x-user": "mallory" }])(
      "the identity that it writes there, whatever the caller says: %j",
      async (said) => {
        expect(await seen((headers) => (headers["x-user"] = "alice"), said)).toBe("alice");
      },
    );

    it("what it takes away, nobody has said", async () => {
      expect(await seen((headers) => delete headers["x-user"], { "x-user": "mallory" })).toBe(null);
    });

    it.each([
      ["sets", undefined, 200],
      ["changes", "Bearer outer", 200],
    ])("the key that it %s", async (_does, authorization, status) => {
      const handler = house.withOptions({ apiKeys: ["inner"] });
      door = await served((asked) => app(asked, (headers) => (headers["authorization"] = "Bearer inner")))(
        handler,
      );
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      expect((await fetch(`${door.baseURL}/chat/completions`, post({}, { headers }))).status).toBe(status);
    });
  },
);

it("two keys are none, though Node shows the first alone", async () => {
  const handler = house.withOptions({ apiKeys: ["right"] });
  door = await served((asked) => onNode(asked))(handler);
  const status = await new Promise((resolve) => {
    const headers = [
      "host",
      "localhost",
      "content-type",
      "application/json",
      "authorization",
      "Bearer right",
      "authorization",
      "Bearer other",
    ];
    send(`${door!.baseURL}/chat/completions`, { method: "POST", headers }, (answer) =>
      resolve(answer.resume().statusCode),
    ).end(String(post({}).body));
  });
  expect(status).toBe(401);
});
