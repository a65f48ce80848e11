/** The Responses API on Bedrock: turns that stand on what was kept, over two models, and a report made in the background. */
import { createBedrockOpenAIHandler, type BedrockOpenAIOptions } from "bedrock-openai";
import { createBedrockOpenAI } from "bedrock-openai/openai";
import { Keyv } from "keyv";
import OpenAI from "openai";
import { findBedrock } from "../bedrock.ts";

const CLAUDE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const NOVA = "us.amazon.nova-pro-v1:0";

const { options, isEmulator } = await findBedrock();
// In real life a Redis: createKeyv("redis://…") of @keyv/redis. Both clients stand for processes that share it.
const shared: BedrockOpenAIOptions = {
  ...options,
  store: new Keyv(),
  stateSecret: "the same in all processes, 32+ characters",
};
const one = createBedrockOpenAI(OpenAI, createBedrockOpenAIHandler(shared));
const other = createBedrockOpenAI(OpenAI, createBedrockOpenAIHandler(shared));

const question = process.argv[2] ?? "Which one is bigger, 3.9 or 3.11?";
console.log(`> ${question}`);
const stream = one.responses.stream({ model: CLAUDE, input: question, reasoning: { effort: "low" } });
for await (const event of stream)
  if (event.type === "response.output_text.delta") process.stdout.write(event.delta);
const first = await stream.finalResponse();

console.log("\n\n> Say that again, another model. (asked in the other process)");
const second = await other.responses.create({
  model: NOVA,
  previous_response_id: first.id,
  input: "Say that again, please.",
});
console.log(second.output_text);

const { data } = await one.responses.inputItems.list(second.id);
console.log(`\n${second.model} read ${second.usage?.input_tokens} tokens, ${data.length} item of them new.`);

console.log("\n> Write a report. (in the background)");
let report = await one.responses.create({
  model: CLAUDE,
  input: "Write a report on numbers.",
  background: true,
});
console.log(`${report.status} in one process,`);
while (report.status === "queued" || report.status === "in_progress") {
  await new Promise((resolve) => setTimeout(resolve, 200));
  report = await other.responses.retrieve(report.id);
}
console.log(`${report.status} when read in the other: ${report.output_text.split("\n")[0]}`);

for (const { id } of [first, second, report]) await one.responses.delete(id);
const gone = await other.responses.retrieve(first.id).catch((error: unknown) => error);
console.log(`\nDeleted: ${gone instanceof OpenAI.NotFoundError ? "a 404 in both" : "still there"}.`);

if (isEmulator) process.exit(0);
