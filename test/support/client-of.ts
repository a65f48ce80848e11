import OpenAI from "openai";
import type { BedrockOpenAIHandler } from "../../src/index.ts";

/** The official client on a handler in this process. */
export const clientOf = (handler: BedrockOpenAIHandler, apiKey = "sk-one"): OpenAI =>
  new OpenAI({
    apiKey,
    baseURL: "http://bedrock/v1",
    maxRetries: 0,
    fetch: (input, init) => handler(new Request(input, init)),
  });
