/** A plain Node server that speaks OpenAI at /v1, beside what it already answers. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { bedrockOpenAI } from "bedrock-openai/node";
import { findBedrock } from "../bedrock.ts";

const { options } = await findBedrock();
const openAI = bedrockOpenAI(options);

const server = createServer((request, response) => {
  if (request.url?.startsWith("/v1/")) openAI(request, response);
  else response.end("The server's own answers go on as before.\n");
});

server.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`Node listens; point any OpenAI client at http://127.0.0.1:${port}/v1`);
});
