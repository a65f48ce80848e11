import { MAX_TOKENS, MODEL, QUESTION, SYSTEM_PROMPT, TEMPERATURE } from "./access.ts";

export const chatRequest = {
  model: MODEL,
  messages: [
    { role: "system" as const, content: SYSTEM_PROMPT },
    { role: "user" as const, content: QUESTION },
  ],
  max_tokens: MAX_TOKENS,
  temperature: TEMPERATURE,
};
