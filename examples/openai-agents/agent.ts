/** An agent of OpenAI's Agents SDK on Bedrock: it calls a tool of this process, and its answer is streamed. */
import { Agent, run, setDefaultOpenAIClient, setTracingDisabled, tool } from "@openai/agents";
import { createBedrockOpenAI } from "bedrock-openai/openai";
import OpenAI from "openai";
import { z } from "zod";
import { findBedrock } from "../bedrock.ts";

const { options, isEmulator } = await findBedrock();
setDefaultOpenAIClient(createBedrockOpenAI(OpenAI, options));
setTracingDisabled(true); // Traces would go to OpenAI.

const STOCK: Record<string, number> = { pump: 3, filter: 0, valve: 12 };

const agent = new Agent({
  name: "Storekeeper",
  instructions: "You know what is in stock. Look before you answer, and be brief.",
  model: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  tools: [
    tool({
      name: "count_stock",
      description: "How many of a part are in stock",
      parameters: z.object({ part: z.string().describe("The part's name, in lower case and singular") }),
      execute: ({ part }) => {
        const count = STOCK[part] ?? 0;
        console.log(`[count_stock("${part}") → ${count}]`);
        return `${part}: ${count} in stock`;
      },
    }),
  ],
});

const question = process.argv[2] ?? 'Please count_stock of the part "pump".';
console.log(`${question}\n`);
const answer = await run(agent, question, { stream: true });
for await (const text of answer.toTextStream()) process.stdout.write(text);
await answer.completed;

const { requests, inputTokens, outputTokens } = answer.state.usage;
console.log(`\n\n${requests} requests, ${inputTokens} tokens in, ${outputTokens} out`);

if (isEmulator) process.exit(0);
