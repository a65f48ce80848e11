/** A Hono app that speaks OpenAI at /v1, beside the routes it already has. */
import { serve } from "@hono/node-server";
import { bedrockOpenAI } from "bedrock-openai/hono";
import { Hono } from "hono";
import { findBedrock } from "../bedrock.ts";

const { options } = await findBedrock();

const app = new Hono();
app.all("/v1/*", bedrockOpenAI(options));
app.get("/", (c) => c.text("The app's own routes go on as before.\n"));

serve({ fetch: app.fetch, hostname: "127.0.0.1", port: Number(process.env["PORT"] ?? 3000) }, ({ port }) => {
  console.log(
    `Hono listens on http://127.0.0.1:${port}; point any OpenAI client at http://127.0.0.1:${port}/v1`,
  );
});
