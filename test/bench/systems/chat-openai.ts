import { ChatOpenAI } from "@langchain/openai";
import { createBedrockFetch } from "../../../dist/openai.js";
import { access, MAX_TOKENS, MODEL, TEMPERATURE } from "./access.ts";
import { createLangChainSystem } from "./langchain.ts";
import type { System } from "./systems.ts";

export function createChatOpenAI(endpoint: string): System {
  const configuration = { baseURL: "http://bedrock/v1", fetch: createBedrockFetch(access(endpoint)) };
  return createLangChainSystem(
    new ChatOpenAI({
      model: MODEL,
      apiKey: "bedrock",
      configuration,
      temperature: TEMPERATURE,
      maxTokens: MAX_TOKENS,
      maxRetries: 0,
    }),
  );
}
