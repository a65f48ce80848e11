import { bodyParser } from "@koa/bodyparser";
import Koa3 from "koa";
import compress from "koa-compress";
import Koa2 from "koa2";
import { bedrockOpenAI } from "../../../adapters/koa.ts";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import { type OpenDoor, served } from "./served.ts";

type Koa = typeof Koa3;

const mounted =
  (Koa: Koa, ...before: ("bodyparser" | "compress")[]) =>
  (handler: BedrockOpenAIHandler) => {
    const app = new Koa();
    app.silent = true;
    app.use((context, next) => {
      context.set("x-own", "kept");
      return next();
    });
    if (before.includes("compress")) app.use(compress({ threshold: 0 }));
    if (before.includes("bodyparser")) app.use(bodyParser({ jsonLimit: "50mb" }));
    app.use(bedrockOpenAI(handler, { prefix: "/v1" }));
    return app.callback();
  };

const door = (...app: Parameters<typeof mounted>): OpenDoor =>
  served(mounted(...app), "/v1", { ownHeader: "x-own", context: ["req", "res", "state", "app"] });

export const KOA_DOORS: Record<string, OpenDoor> = {
  "Koa 3": door(Koa3),
  "Koa 3 after bodyparser() under compress()": door(Koa3, "compress", "bodyparser"),
  "Koa 2": door(Koa2),
  "Koa 2 after bodyparser() under compress()": door(Koa2, "compress", "bodyparser"),
};
