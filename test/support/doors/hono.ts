import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { compress } from "hono/compress";
import { bedrockOpenAI } from "../../../adapters/hono.ts";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import { type OpenDoor, served } from "./served.ts";

const app = (handler: BedrockOpenAIHandler, isReadBefore = false) => {
  const hono = new Hono();
  if (isReadBefore) {
    hono.use(compress({ threshold: 0 }));
    hono.use(async (c, next) => {
      if (c.req.header("content-type")?.startsWith("application/json"))
        await c.req.json().catch(() => undefined);
      await next();
    });
  }
  hono.all("/v1/*", bedrockOpenAI(handler));
  return getRequestListener(hono.fetch);
};

export const HONO_DOORS: Record<string, OpenDoor> = {
  Hono: served((handler) => app(handler)),
  "Hono after json() under compress()": served((handler) => app(handler, true)),
};
