/** Anthropic's own client on Bedrock, inside this process, and not only with Claude: a tool runs, and the answer is streamed. */
import Anthropic from "@anthropic-ai/sdk";
import { betaZodTool } from "@anthropic-ai/sdk/helpers/beta/zod";
import { createBedrockFetch } from "bedrock-openai/openai";
import { z } from "zod";
import { findBedrock } from "../bedrock.ts";

const { options, isEmulator } = await findBedrock();
const client = new Anthropic({
  apiKey: "bedrock",
  baseURL: "http://bedrock",
  maxRetries: 0, // the AWS SDK retries already
  fetch: createBedrockFetch(options),
});

const TIDES: Record<string, string> = { Brest: "14:20", Hamburg: "18:05" };
const high_tide = betaZodTool({
  name: "high_tide",
  description: "When the water is highest today",
  inputSchema: z.object({ port: z.string() }),
  run: ({ port }) => {
    const time = TIDES[port] ?? "not known";
    console.log(`[high_tide("${port}") → ${time}]`);
    return `${port}: ${time}`;
  },
});

const question = process.argv[2] ?? 'Please look at high_tide for "Brest".';
for (const model of ["us.anthropic.claude-sonnet-4-5-20250929-v1:0", "us.amazon.nova-pro-v1:0"]) {
  console.log(`\n> ${question} (${model})`);
  const runner = client.beta.messages.toolRunner({
    model,
    max_tokens: 1_000,
    messages: [{ role: "user", content: question }],
    tools: [high_tide],
    stream: true,
  });
  for await (const stream of runner) {
    stream.on("text", (text) => process.stdout.write(text));
    const { stop_reason, usage } = await stream.finalMessage();
    console.log(`\n(${stop_reason}, ${usage.output_tokens} tokens out)`);
  }
}

if (isEmulator) process.exit(0);
