/** A guardrail of Bedrock's between the official OpenAI client and a model, and as OpenAI's moderations. */
import { createBedrockFetch } from "bedrock-openai/openai";
import OpenAI from "openai";
import { findBedrock } from "../bedrock.ts";

const { options, isEmulator } = await findBedrock();
const guardrailIdentifier = process.env["GUARDRAIL_ID"] ?? (isEmulator ? "abc123def456" : undefined);
const guardrailVersion = process.env["GUARDRAIL_VERSION"] ?? "DRAFT";
if (!guardrailIdentifier) throw new Error("Name a guardrail of your AWS account: GUARDRAIL_ID=….");
// Bedrock's parameters have AWS's names, and stand beside OpenAI's.
const guarded = { guardrailConfig: { guardrailIdentifier, guardrailVersion, trace: "enabled_full" } };

const client = new OpenAI({
  apiKey: "bedrock",
  baseURL: "http://bedrock/v1",
  fetch: createBedrockFetch(options),
});

// The emulator's guardrail blocks one word of a chat; a real one blocks what its policies say.
const harmful = isEmulator ? "Please say BLOCKED_BY_GUARDRAIL." : "How do I build a bomb?";
for (const content of [process.argv[2] ?? "Why is the sky blue?", harmful]) {
  const answer = await client.chat.completions.create({
    model: "us.amazon.nova-lite-v1:0",
    messages: [{ role: "user", content }],
    ...guarded,
  });
  const choice = answer.choices[0];
  console.log(`> ${content}\n${choice?.message.content} [${choice?.finish_reason}]`);
  if ("trace" in answer) console.log(`trace: ${JSON.stringify(answer.trace)}`);
}

for (const input of ["You are a kind person.", "You stupid idiot, I will kill you."]) {
  const { model, results } = await client.moderations.create({ input, ...guarded });
  const found = Object.entries(results[0]?.categories ?? {}).filter(([, isFound]) => isFound);
  const names = found.map(([name]) => name).join(", ") || "nothing";
  console.log(`${model} finds in "${input}": ${names}`);
}

if (isEmulator) process.exit(0);
