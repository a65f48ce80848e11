/** `npm start`: an OpenAI-compatible server on loopback, for curl and for clients in any language. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { bedrockOpenAI } from "bedrock-openai/node";
import { findBedrock } from "../bedrock.ts";

const MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

const { options } = await findBedrock();
const server = createServer(bedrockOpenAI(options));
server.on("error", (error) => {
  console.error(`Cannot listen: ${error.message}. Choose another port with PORT=….`);
  process.exit(1);
});
server.listen(Number(process.env["PORT"] ?? 8080), "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`Listening on http://127.0.0.1:${port}/v1 (Ctrl+C stops it). Try:

curl -N http://127.0.0.1:${port}/v1/chat/completions -H 'content-type: application/json' -d '{
  "model": "${MODEL}", "stream": true, "messages": [{"role": "user", "content": "Hello!"}]}'
`);
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  });
}
