import fastify, { type FastifyInstance } from "fastify";
import { bedrockOpenAI } from "../../../adapters/fastify.ts";
import { type About, listening, type OpenDoor } from "./served.ts";

const ABOUT: About = { ownHeader: "x-own", context: ["request", "reply"] };

const door: OpenDoor = async (handler) => {
  const app: FastifyInstance = fastify();
  app.addHook("onRequest", async (_request, reply) => void reply.header("x-own", "kept"));
  app.register(bedrockOpenAI, { prefix: "/v1", handler });
  await app.ready();
  return listening(app.server, "/v1", ABOUT);
};

export const FASTIFY_DOORS: Record<string, OpenDoor> = { "Fastify 5": door };
