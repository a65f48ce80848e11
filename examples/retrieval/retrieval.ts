/** Retrieval with the official OpenAI client, in process: embed, find the nearest, rank again, answer from what was found. */
import { createBedrockFetch } from "bedrock-openai/openai";
import OpenAI from "openai";
import { findBedrock } from "../bedrock.ts";

const HANDBOOK = [
  "The pump stops when the water is too warm: let it cool for ten minutes, then press the green button.",
  "Every filter is cleaned on the first Monday of the month and replaced each spring.",
  "Invoices are paid within thirty days; ask the office for a copy of an old invoice.",
  "The alarm of the boiler is reset with the key that hangs beside the door.",
  "Visitors wear a helmet in the hall and sign the book at the door.",
];

const { options, isEmulator } = await findBedrock();
const baseURL = "http://bedrock/v1";
const bedrockFetch = createBedrockFetch(options);
const client = new OpenAI({ apiKey: "bedrock", baseURL, fetch: bedrockFetch });
const question = process.argv[2] ?? "What do I do when the pump stops?";

const embed = async (
  input: string[],
  input_type: "search_document" | "search_query",
): Promise<number[][]> => {
  const request = { model: "cohere.embed-multilingual-v3", input, input_type };
  return (await client.embeddings.create(request)).data.map(({ embedding }) => embedding);
};

// Vectors of Bedrock's models have the length 1, so their product is the cosine of their angle.
const closeness = (one: number[], other: number[]): number =>
  one.reduce((sum, value, index) => sum + value * other[index]!, 0);

const documents = await embed(HANDBOOK, "search_document");
const [asked] = await embed([question], "search_query");
const nearest = HANDBOOK.map((text, index) => ({ text, score: closeness(asked!, documents[index]!) }))
  .toSorted((one, other) => other.score - one.score)
  .slice(0, 3);
console.log(`${question}\n\nNearest by their vectors:`);
for (const { text, score } of nearest) console.log(`  ${score.toFixed(3)}  ${text}`);

// OpenAI has no reranking, and its client no method for it.
const ranked = (await client.post("/rerank", {
  body: {
    model: "cohere.rerank-v3-5:0",
    query: question,
    documents: nearest.map(({ text }) => text),
    top_n: 1,
  },
})) as { results: { index: number; relevance_score: number }[] };
const { index, relevance_score } = ranked.results[0]!;
const best = nearest[index]!.text;
console.log(`\nBest after ranking again (${relevance_score.toFixed(3)}):\n  ${best}\n`);

const answer = await client.chat.completions.create({
  model: "us.amazon.nova-pro-v1:0",
  messages: [
    { role: "system", content: `Answer from this page of the handbook alone: ${best}` },
    { role: "user", content: question },
  ],
});
console.log(answer.choices[0]!.message.content);

if (isEmulator) process.exit(0);
