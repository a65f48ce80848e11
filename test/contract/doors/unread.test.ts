import { getRequestListener } from "@hono/node-server";
import express from "express";
import { Hono } from "hono";
import { createServer, type RequestListener } from "node:http";
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from "vitest";
import { bedrockOpenAI as onExpress } from "../../../adapters/express.ts";
import { bedrockOpenAI as onHono } from "../../../adapters/hono.ts";
import { bedrockOpenAI as onPages } from "../../../adapters/next-pages.ts";
import { eventually, type House, openHouse } from "../../support/bedrock.ts";
import { type Door, listening, served } from "../../support/doors/served.ts";
import { post } from "./visit.ts";

/** Answers that never reach their caller: nobody may pay for them, or wait for them. */

let house: House;
let door: Door | undefined;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await door?.close();
  door = undefined;
  house.bedrock.reset();
});
afterAll(() => house.bedrock.close());

const APPS: Record<string, () => RequestListener> = {
  "middleware of Hono's that answers something else in its place": () => {
    const app = new Hono();
    app.use(async (context, next) => {
      await next();
      context.res = new Response("mine");
    });
    app.all("/v1/*", onHono(house.handler));
    return getRequestListener(app.fetch) as RequestListener;
  },
  "middleware of Express's whose `setHeader` throws": () => {
    const app = express();
    app.use((_, response, next) => {
      const { setHeader } = response;
      response.setHeader = (name, value) => {
        if (name === "x-request-id") throw new Error("a header that fails");
        return setHeader.call(response, name, value);
      };
      next();
    });
    app.use("/v1", onExpress(house.handler));
    app.use(
      ((_error, _request, response, _next) => void response.end("mine")) as express.ErrorRequestHandler,
    );
    return app as unknown as RequestListener;
  },
};

it.each(Object.entries(APPS))("a stream stops the model at %s", async (_, app) => {
  house.bedrock.enqueue({ content: [{ text: "word ".repeat(2_000) }], delayMs: 5 });
  door = await served(app)(house.handler);
  const response = await door.fetch(`${door.baseURL}/chat/completions`, post({ stream: true }));
  expect(await response.text()).toBe("mine");
  await eventually(() => house.bedrock.requests[0]?.aborted === true);
});

it.each([false, true])(
  "an answer that was read ends no process behind Hono on Node: streamed %s",
  async (stream) => {
    const thrown: unknown[] = [];
    const note = (error: unknown): void => void thrown.push(error);
    process.prependListener("uncaughtExceptionMonitor", note);
    onTestFinished(() => void process.off("uncaughtExceptionMonitor", note));
    const app = new Hono().all("/v1/*", onHono(house.handler));
    const server = createServer(getRequestListener(app.fetch));
    const closed = new Promise<void>((resolve) => {
      server.prependListener("request", (_, res) => res.once("close", () => setImmediate(resolve)));
    });
    door = await listening(server);
    const response = await door.fetch(`${door.baseURL}/chat/completions`, post({ stream }));
    expect(await response.text()).toContain(stream ? "[DONE]" : "chat.completion");
    await closed;
    expect(thrown).toEqual([]);
  },
);

it("a page of Next's ends for a caller who has left before it began", async () => {
  const route = onPages(house.handler);
  let hasEnded = false;
  const controller = new AbortController();
  door = await served(() => async (req, res) => {
    controller.abort();
    await new Promise((resolve) => res.once("close", resolve));
    await route(req, res);
    hasEnded = true;
  })(house.handler);
  const asking = door.fetch(`${door.baseURL}/chat/completions`, post({}, { signal: controller.signal }));
  await expect(asking).rejects.toMatchObject({ name: "AbortError" });
  await eventually(() => hasEnded);
  expect(house.bedrock.requests).toEqual([]);
});
