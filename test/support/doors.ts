import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import compression from "compression";
import express5 from "express";
import express4 from "express4";
import { bedrockOpenAI as expressDoor } from "../../adapters/express.ts";
import { bedrockOpenAI as nodeDoor } from "../../adapters/node.ts";
import { createBedrockFetch } from "../../integrations/openai.ts";
import type { BedrockOpenAIHandler } from "../../src/index.ts";

/** A way into the house, as a user would build it. */
export interface Door {
  baseURL: string;
  fetch: typeof globalThis.fetch;
  close(): Promise<void>;
}

type OpenDoor = (handler: BedrockOpenAIHandler) => Promise<Door>;

type Express = typeof express5;

const served =
  (app: (handler: BedrockOpenAIHandler) => RequestListener, path = "/v1"): OpenDoor =>
  async (handler) => {
    const server = createServer(app(handler));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return {
      baseURL: `http://127.0.0.1:${port}${path}`,
      fetch: globalThis.fetch,
      close: () => closed(server),
    };
  };

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const mounted =
  (express: Express, ...before: ("json" | "compression")[]) =>
  (handler: BedrockOpenAIHandler): RequestListener => {
    const app = express();
    if (before.includes("compression")) app.use(compression({ threshold: 0 }));
    if (before.includes("json")) app.use(express.json({ limit: "50mb" }));
    app.use("/v1", expressDoor(handler));
    return app as unknown as RequestListener;
  };

export const DOORS: Record<string, OpenDoor> = {
  createBedrockFetch: async (handler) => ({
    baseURL: "http://bedrock/v1",
    fetch: createBedrockFetch(handler),
    close: async () => undefined,
  }),
  "Express 5": served(mounted(express5)),
  "Express 5 after json() under compression()": served(mounted(express5, "compression", "json")),
  "Express 4": served(mounted(express4)),
  "Express 4 after json()": served(mounted(express4, "json")),
  "node:http": served((handler) => nodeDoor(handler), "/any/mount/v1"),
};
