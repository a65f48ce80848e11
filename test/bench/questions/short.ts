import { MAX_TOKENS, MODEL, SYSTEM_PROMPT, TEMPERATURE } from "../systems/access.ts";
import type { Question } from "./question.ts";

const TEXT = "Tell me what the cat did on the mat, and what it did next.";

export const short: Question = {
  openai: () => ({
    model: MODEL,
    messages: [
      { role: "system", content: SYSTEM_PROMPT },
      { role: "user", content: TEXT },
    ],
    max_tokens: MAX_TOKENS,
    temperature: TEMPERATURE,
  }),
  converse() {
    const input = {
      modelId: MODEL,
      system: [{ text: SYSTEM_PROMPT }],
      messages: [{ role: "user" as const, content: [{ text: TEXT }] }],
      inferenceConfig: { maxTokens: MAX_TOKENS, temperature: TEMPERATURE },
    };
    return () => input;
  },
};
