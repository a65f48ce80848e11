/** Retrieval with LangChain, in process: documents → vectors → the nearest → a streamed answer that cites them. */
import { Document } from "@langchain/core/documents";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { createBedrockOpenAIHandler } from "bedrock-openai";
import { BedrockOpenAIEmbeddings, ChatBedrockOpenAI } from "bedrock-openai/langchain";
import { findBedrock } from "../bedrock.ts";
import { MemoryStore } from "./memory-store.ts";

const HANDBOOK = {
  "pump.md":
    "The pump stops when the water is too warm: let it cool for ten minutes, then press the green button.",
  "filters.md": "Every filter is cleaned on the first Monday of the month and replaced each spring.",
  "invoices.md": "Invoices are paid within thirty days; ask the office for a copy of an old invoice.",
  "boiler.md": "The alarm of the boiler is reset with the key that hangs beside the door.",
  "visitors.md": "Visitors wear a helmet in the hall and sign the book at the door.",
};

const { options, isEmulator } = await findBedrock();
// One handler for both, so that they share connections.
const handler = createBedrockOpenAIHandler(options);
const embeddings = new BedrockOpenAIEmbeddings({ model: "cohere.embed-multilingual-v3", handler });
const model = new ChatBedrockOpenAI({ model: "us.amazon.nova-pro-v1:0", temperature: 0, handler });

const store = new MemoryStore(embeddings, {});
await store.addDocuments(
  Object.entries(HANDBOOK).map(([file, pageContent]) => new Document({ pageContent, metadata: { file } })),
);

const question = process.argv[2] ?? "What do I do when the pump stops?";
const found = await store.similaritySearch(question, 2);

const prompt = ChatPromptTemplate.fromMessages([
  ["system", "Answer from the passages alone. After each sentence cite its passage by number, like [1]."],
  ["human", "{question}\n\n{passages}"],
]);
const passages = found.map(({ pageContent }, index) => `[${index + 1}] ${pageContent}`).join("\n");
const chain = prompt.pipe(model).pipe(new StringOutputParser());

let answer = "";
console.log(`${question}\n`);
for await (const piece of await chain.stream({ question, passages })) {
  answer += piece;
  process.stdout.write(piece);
}

console.log("\n");
for (const [index, { metadata }] of found.entries())
  if (answer.includes(`[${index + 1}]`)) console.log(`[${index + 1}] ${metadata["file"]}`);

if (isEmulator) process.exit(0);
