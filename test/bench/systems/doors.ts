import { createServer, type RequestListener, type Server } from "node:http";
import { createRequire } from "node:module";
import { access } from "./access.ts";

/** As much of Next.js as is used here. */
type Next = (app: { dir: string; dev: boolean; hostname: string }) => {
  prepare(): Promise<void>;
  getRequestHandler(): RequestListener;
};

/** The frameworks that our handler is mounted in, each as its documentation has it, under `/v1` or `/api/v1`. */
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
  /** An app that is built already; its handler finds AWS where the SDK does. */
  next: async (endpoint, dir) => {
    const { region, credentials } = access(endpoint);
    Object.assign(process.env, {
      NODE_ENV: "production",
      AWS_REGION: region,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    });
    const next = createRequire(import.meta.url)("next") as Next;
    const app = next({ dir, dev: false, hostname: "127.0.0.1" });
    await app.prepare();
    return createServer(app.getRequestHandler());
  },
} satisfies Record<string, (endpoint: string, dir: string) => Promise<Server>>;

export type DoorName = keyof typeof DOORS;
