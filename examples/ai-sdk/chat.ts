/** Vercel's AI SDK on Bedrock: notes are embedded, a tool searches them, and the answer is streamed. */
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { cosineSimilarity, embed, embedMany, isStepCount, streamText, tool } from "ai";
import { createBedrockFetch } from "bedrock-openai/openai";
import { z } from "zod";
import { findBedrock } from "../bedrock.ts";

const NOTES = [
  "The pump stops when the water is too warm: let it cool for ten minutes.",
  "Every filter is cleaned on the first Monday of the month.",
  "Visitors wear a helmet in the hall.",
];

const { options, isEmulator } = await findBedrock();
const bedrock = createOpenAICompatible({
  name: "bedrock",
  baseURL: "http://bedrock/v1",
  includeUsage: true,
  fetch: createBedrockFetch(options),
});
const embedder = bedrock.embeddingModel("cohere.embed-multilingual-v3");

const notes = await embedMany({ model: embedder, values: NOTES });
const search_notes = tool({
  description: "Finds the note that is nearest to a question",
  inputSchema: z.object({ question: z.string() }),
  execute: async ({ question }) => {
    const asked = await embed({ model: embedder, value: question });
    const closeness = notes.embeddings.map((vector) => cosineSimilarity(vector, asked.embedding));
    const nearest = NOTES[closeness.indexOf(Math.max(...closeness))]!;
    console.log(`[search_notes("${question}") → "${nearest}"]`);
    return nearest;
  },
});

const prompt = process.argv[2] ?? 'Please search_notes for "why does the pump stop?"';
console.log(`${prompt}\n`);
const answer = streamText({
  model: bedrock("us.amazon.nova-pro-v1:0"),
  instructions: "Answer from the notes alone.",
  prompt,
  tools: { search_notes },
  stopWhen: isStepCount(5),
});
for await (const text of answer.textStream) process.stdout.write(text);

const { inputTokens, outputTokens } = await answer.totalUsage;
console.log(`\n\n${(await answer.steps).length} steps, ${inputTokens} tokens in, ${outputTokens} out`);

if (isEmulator) process.exit(0);
