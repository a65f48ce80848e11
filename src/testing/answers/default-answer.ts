import type { Model } from "../catalogue/model-id.ts";
import type { AnswerReply } from "../reply.ts";
import type { ConverseRequest } from "../rules/request.ts";
import { outputSchema } from "../rules/structured-output.ts";
import { answerText } from "./answer-text.ts";
import { guardrailAnswer } from "./guardrail.ts";
import { instructedSchema } from "./instructed-schema.ts";
import { limitText } from "./limits.ts";
import { readPrompt } from "./prompt.ts";
import { reasoningBlocks } from "./reasoning.ts";
import { responseFields } from "./response-fields.ts";
import { schemaValue } from "./schema-value.ts";
import { spokenText } from "./spoken-text.ts";
import { toolCalls } from "./tool-calls.ts";
import { outputTokens } from "./usage.ts";

/** The emulator's own answer: the same request always gets the same one. */
export function defaultAnswer(request: ConverseRequest, model: Model): AnswerReply {
  const blocked = guardrailAnswer(request);
  if (blocked) return blocked;
  const prompt = readPrompt(request);
  const reasoning = reasoningBlocks(request, model, prompt);
  const calls = toolCalls(request, prompt, model);
  if (calls.length > 0) return { content: [...reasoning, ...calls] };

  const words = structuredText(request, prompt.text) ?? spokenText(prompt, model);
  const { text, stopReason, stopSequence } = limitText(words, request.inferenceConfig);
  const additionalModelResponseFields = responseFields(request, model, stopSequence, outputTokens(reasoning));
  return {
    content: [...reasoning, ...answerText(text, request, model)],
    stopReason,
    ...(additionalModelResponseFields && { additionalModelResponseFields }),
  };
}

/** Held to a schema a model says nothing else; merely asked for one, it is polite about it. */
function structuredText(request: ConverseRequest, topic: string): string | undefined {
  const schema = outputSchema(request);
  if (schema !== undefined) return JSON.stringify(schemaValue(JSON.parse(schema), topic));
  const asked = instructedSchema(request);
  if (!asked) return undefined;
  return `Here is the JSON you asked for:\n\`\`\`json\n${JSON.stringify(schemaValue(asked, topic))}\n\`\`\``;
}
