/** `npm run demo`: the main job end to end, on the emulator: Express, the official client, real HTTP in between. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { bedrockOpenAI } from "bedrock-openai/express";
import { EMULATOR_CREDENTIALS, startBedrockEmulator } from "bedrock-openai/testing";
import express from "express";
import OpenAI from "openai";

const MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

const title = (text: string): void => console.log(`\n\u001B[1m── ${text}\u001B[0m`);

console.log(
  "EMULATOR: every answer below comes from a local imitation of Bedrock that speaks its real wire protocol.",
);

const bedrock = await startBedrockEmulator({ tokenDelayMs: 30 });
const app = express();
app.use(
  "/v1",
  bedrockOpenAI({
    endpoint: bedrock.url,
    region: "us-east-1",
    credentials: EMULATOR_CREDENTIALS,
    retries: 0,
  }),
);
const server = createServer(app);
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
console.log(`app.use("/v1", bedrockOpenAI()) listens on ${baseURL}`);

const client = new OpenAI({ apiKey: "any", baseURL, maxRetries: 0 });

title("A streamed answer, printed as it arrives");
const stream = await client.chat.completions.create({
  model: MODEL,
  messages: [{ role: "user", content: "Say hello to everyone who runs OpenAI code on Bedrock." }],
  stream: true,
  stream_options: { include_usage: true },
});
for await (const chunk of stream) {
  process.stdout.write(chunk.choices[0]?.delta.content ?? "");
  if (chunk.usage)
    console.log(`\n(${chunk.usage.prompt_tokens} tokens in, ${chunk.usage.completion_tokens} out)`);
}

title("A tool call, run here and answered");
const runner = client.chat.completions.runTools({
  model: MODEL,
  messages: [{ role: "user", content: 'Use get_weather: what is the weather in "Oslo"?' }],
  tools: [
    {
      type: "function",
      function: {
        name: "get_weather",
        description: "The weather of a city",
        parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
        parse: JSON.parse,
        function: ({ city }: { city: string }) => {
          console.log(`get_weather(${JSON.stringify(city)}) was called`);
          return `${city}: 3 degrees and clear`;
        },
      },
    },
  ],
});
console.log(await runner.finalContent());

title("A question about an image");
const image = readFileSync(new URL("teal.png", import.meta.url)).toString("base64");
const seen = await client.chat.completions.create({
  model: MODEL,
  messages: [
    {
      role: "user",
      content: [
        { type: "text", text: "What is in this picture?" },
        { type: "image_url", image_url: { url: `data:image/png;base64,${image}` } },
      ],
    },
  ],
});
console.log(seen.choices[0]!.message.content);

title("A failure, as the client's own typed error");
try {
  await client.chat.completions.create({
    model: "anthropic.claude-sonnet-4-5-20250929-v1:0",
    messages: [{ role: "user", content: "Hi" }],
  });
} catch (error) {
  if (!(error instanceof OpenAI.BadRequestError)) throw error;
  console.log(`${error.constructor.name} (${error.code}, ${error.requestID})\n${error.message}`);
}

server.closeAllConnections();
server.close();
await bedrock.close();
console.log("\nDone. `npm start` keeps a server up for curl.");
