import OpenAI from "openai";
import { createBedrockFetch } from "../../integrations/openai.ts";
import type { BedrockOpenAIHandler, BedrockOpenAIOptions } from "../../src/index.ts";
import type { House } from "./bedrock.ts";

/** A store that all who hold it share, and that a test looks into. */
export interface OpenStore {
  keys: Map<string, string>;
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<boolean>;
}

export function openStore(): OpenStore {
  const keys = new Map<string, string>();
  return {
    keys,
    get: async (key) => keys.get(key),
    set: async (key, value) => void keys.set(key, value),
    delete: async (key) => keys.delete(key),
  };
}

/** A handler with the official client in front of it. */
export interface Server {
  handler: BedrockOpenAIHandler;
  client: OpenAI;
}

export function serverOf(handler: BedrockOpenAIHandler, apiKey = "sk-one"): Server {
  const fetch = createBedrockFetch(handler);
  return { handler, client: new OpenAI({ apiKey, baseURL: "http://bedrock/v1", fetch, maxRetries: 0 }) };
}

/** Two servers that share nothing but a store, as two processes do. */
export function twoServers(
  house: House,
  options: BedrockOpenAIOptions = {},
): { here: Server; there: Server; store: OpenStore } {
  const store = openStore();
  const stateSecret = "the same secret in all of the processes";
  const server = (): Server => serverOf(house.withOptions({ store, stateSecret, ...options }));
  return { here: server(), there: server(), store };
}

/** Until a response is over. @param every How often it is looked for, in milliseconds. */
export async function over(client: OpenAI, id: string, every = 10): Promise<OpenAI.Responses.Response> {
  for (;;) {
    const response = await client.responses.retrieve(id);
    if (response.status !== "queued" && response.status !== "in_progress") return response;
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}

/** Until a response has a status. */
export async function has(client: OpenAI, id: string, status: string): Promise<void> {
  while ((await client.responses.retrieve(id)).status !== status)
    await new Promise((resolve) => setTimeout(resolve, 10));
}
