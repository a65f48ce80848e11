/** The official OpenAI client on Bedrock, inside this process: no server, no network hop. */
import { createBedrockOpenAI } from "bedrock-openai/openai";
import OpenAI from "openai";
import { findBedrock } from "../bedrock.ts";

const { options, isEmulator } = await findBedrock();
const client = createBedrockOpenAI(OpenAI, options);

const stream = await client.chat.completions.create({
  model: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  messages: [{ role: "user", content: process.argv[2] ?? "Which one is bigger, 3.9 or 3.11?" }],
  stream: true,
});
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? "");
process.stdout.write("\n");

if (isEmulator) process.exit(0);
