/** A Koa app that speaks OpenAI at /v1, beside the routes it already has. */
import { bedrockOpenAI } from "bedrock-openai/koa";
import Koa from "koa";
import { findBedrock } from "../bedrock.ts";

const { options } = await findBedrock();

const app = new Koa();
app.use(bedrockOpenAI({ prefix: "/v1", ...options }));
app.use((context) => {
  context.body = "The app's own routes go on as before.\n";
});

const server = app.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : address;
  console.log(`Koa listens; point any OpenAI client at http://127.0.0.1:${port}/v1`);
});
