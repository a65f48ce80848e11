import OpenAI from "openai";
import { createBedrockFetch } from "../../integrations/openai.ts";
import type { BedrockOpenAIHandler } from "../../src/index.ts";

/** OpenAI's own client in this process. @param apiKey Whose things are kept apart from another's. */
export const openaiOf = (handler: BedrockOpenAIHandler, apiKey = "sk-anybody"): OpenAI =>
  new OpenAI({ apiKey, baseURL: "http://bedrock/v1", fetch: createBedrockFetch(handler), maxRetries: 0 });

/** All of a page and those behind it. */
export async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of pages) found.push(each);
  return found;
}
