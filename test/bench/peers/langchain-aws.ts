import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { ChatBedrockConverse } from "@langchain/aws";
import { access, MAX_TOKENS, MODEL, TEMPERATURE } from "../systems/access.ts";
import { createLangChainSystem } from "../systems/langchain.ts";
import { createDefaultClient, createKeepAliveClient } from "../systems/sdk.ts";
import type { System } from "../systems/systems.ts";

const converse =
  (createClient: (endpoint: string) => BedrockRuntimeClient) =>
  (endpoint: string): System =>
    createLangChainSystem(
      new ChatBedrockConverse({
        ...access(endpoint),
        client: createClient(endpoint),
        model: MODEL,
        temperature: TEMPERATURE,
        maxTokens: MAX_TOKENS,
        maxRetries: 0,
      }),
    );

export const PEERS = { b0: converse(createDefaultClient), b1: converse(createKeepAliveClient) };
