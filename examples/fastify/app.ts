/** A Fastify app that speaks OpenAI at /v1, beside the routes it already has. */
import { bedrockOpenAI } from "bedrock-openai/fastify";
import fastify from "fastify";
import { findBedrock } from "../bedrock.ts";

const { options } = await findBedrock();

const app = fastify();
app.register(bedrockOpenAI, { prefix: "/v1", ...options });
app.get("/", () => "The app's own routes go on as before.\n");

const address = await app.listen({ port: Number(process.env["PORT"] ?? 3000), host: "127.0.0.1" });
console.log(`Fastify listens; point any OpenAI client at ${address}/v1`);
