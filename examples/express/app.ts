/** An Express app that speaks OpenAI at /v1, beside the routes it already has. */
import { bedrockOpenAI } from "bedrock-openai/express";
import express from "express";
import { findBedrock } from "../bedrock.ts";

const { options } = await findBedrock();

const app = express();
app.use("/v1", bedrockOpenAI(options));
app.get("/", (_, response) => void response.send("The app's own routes go on as before.\n"));

const server = app.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : address;
  console.log(
    `Express listens on http://127.0.0.1:${port}; point any OpenAI client at http://127.0.0.1:${port}/v1`,
  );
});
