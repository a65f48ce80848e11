import { createServer, type Server } from "node:http";
import { access } from "./access.ts";

/** The frameworks that our handler is mounted in, each as its documentation has it, under `/v1`. */
export const DOORS = {
  node: async (endpoint) => {
    const { bedrockOpenAI } = await import("../../../dist/node.js");
    return createServer(bedrockOpenAI(access(endpoint)));
  },
  express: async (endpoint) => {
    const [{ default: express }, { bedrockOpenAI }] = await Promise.all([
      import("express"),
      import("../../../dist/express.js"),
    ]);
    return createServer(express().use("/v1", bedrockOpenAI(access(endpoint))));
  },
  koa: async (endpoint) => {
    const [{ default: Koa }, { bedrockOpenAI }] = await Promise.all([
      import("koa"),
      import("../../../dist/koa.js"),
    ]);
    return createServer(new Koa().use(bedrockOpenAI({ ...access(endpoint), prefix: "/v1" })).callback());
  },
  fastify: async (endpoint) => {
    const [{ default: fastify }, { bedrockOpenAI }] = await Promise.all([
      import("fastify"),
      import("../../../dist/fastify.js"),
    ]);
    const app = fastify();
    await app.register(bedrockOpenAI, { ...access(endpoint), prefix: "/v1" });
    await app.ready();
    return app.server;
  },
  hono: async (endpoint) => {
    const [{ Hono }, { createAdaptorServer }, { bedrockOpenAI }] = await Promise.all([
      import("hono"),
      import("@hono/node-server"),
      import("../../../dist/hono.js"),
    ]);
    const app = new Hono().all("/v1/*", bedrockOpenAI(access(endpoint)));
    return createAdaptorServer({ fetch: app.fetch }) as Server;
  },
} satisfies Record<string, (endpoint: string) => Promise<Server>>;

export type DoorName = keyof typeof DOORS;
