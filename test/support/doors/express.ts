import type { RequestListener } from "node:http";
import compression from "compression";
import express5 from "express";
import express4 from "express4";
import { bedrockOpenAI } from "../../../adapters/express.ts";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import { type OpenDoor, served } from "./served.ts";

type Express = typeof express5;

const mounted =
  (express: Express, ...before: ("json" | "compression")[]) =>
  (handler: BedrockOpenAIHandler): RequestListener => {
    const app = express();
    app.use((_request, response, next) => {
      response.set("x-own", "kept");
      next();
    });
    if (before.includes("compression")) app.use(compression({ threshold: 0 }));
    if (before.includes("json")) app.use(express.json({ limit: "50mb" }));
    app.use("/v1", bedrockOpenAI(handler));
    return app as unknown as RequestListener;
  };

const door = (...app: Parameters<typeof mounted>): OpenDoor =>
  served(mounted(...app), "/v1", { ownHeader: "x-own", context: ["req", "res"] });

export const EXPRESS_DOORS: Record<string, OpenDoor> = {
  "Express 5": door(express5),
  "Express 5 after json() under compression()": door(express5, "compression", "json"),
  "Express 4": door(express4),
  "Express 4 after json()": door(express4, "json"),
};
