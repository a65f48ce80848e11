import { malformed } from "../data-family.ts";
import { countTokens } from "./tokens.ts";

/** Source: AWS's guide to Titan Text Embeddings. */
export const MAX_CHARACTERS = 50_000;
export const MAX_TOKENS = 8192;

/** What Titan refuses in a text that its schema lets pass. `place` stands before what is said of a blank one. */
export function textProblem(text: string, maxTokens = MAX_TOKENS, place = ""): string | undefined {
  if (text.trim() === "") return malformed(`${place}expected minLength: 1, actual: 0`);
  const tokens = countTokens(text);
  return tokens > maxTokens
    ? `400 Bad Request: Too many input tokens. Max input tokens: ${maxTokens}, request input token count: ${tokens} `
    : undefined;
}
