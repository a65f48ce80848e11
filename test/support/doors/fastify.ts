import compress from "@fastify/compress";
import fastify, { type FastifyInstance } from "fastify";
import { bedrockOpenAI } from "../../../adapters/fastify.ts";
import { type About, listening, type OpenDoor } from "./served.ts";

const ABOUT: About = { ownHeader: "x-own", context: ["request", "reply"] };

const door =
  (isCompressed: boolean): OpenDoor =>
  async (handler) => {
    const app: FastifyInstance = fastify();
    if (isCompressed) await app.register(compress, { threshold: 0 });
    app.addHook("onRequest", async (_request, reply) => void reply.header("x-own", "kept"));
    app.register(bedrockOpenAI, { prefix: "/v1", handler });
    await app.ready();
    return listening(app.server, "/v1", ABOUT);
  };

export const FASTIFY_DOORS: Record<string, OpenDoor> = {
  "Fastify 5": door(false),
  "Fastify 5 under compress()": door(true),
};
