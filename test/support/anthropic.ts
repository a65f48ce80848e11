import Anthropic, { type ClientOptions } from "@anthropic-ai/sdk";
import { createBedrockFetch } from "../../integrations/openai.ts";
import type { BedrockOpenAIHandler } from "../../src/index.ts";
import { DOORS } from "./doors.ts";

export interface AnthropicAccess {
  client: Anthropic;
  close(): Promise<void>;
}

type Open = (handler: BedrockOpenAIHandler, options?: ClientOptions) => Promise<AnthropicAccess>;

/** Anthropic's own client, in this process. */
export const anthropicOn = (handler: BedrockOpenAIHandler, options: ClientOptions = {}): Anthropic =>
  new Anthropic({
    apiKey: "bedrock",
    baseURL: "http://bedrock",
    maxRetries: 0,
    fetch: createBedrockFetch(handler),
    ...options,
  });

/** The ways in which it reaches the house. */
export const WAYS: Readonly<Record<string, Open>> = {
  "in process": async (handler, options) => ({
    client: anthropicOn(handler, options),
    close: async () => undefined,
  }),
  "over HTTP": async (handler, options) => {
    const door = await DOORS["node:http"]!(handler);
    // The client says the version itself.
    const baseURL = door.baseURL.replace(/\/v1$/, "");
    return {
      client: new Anthropic({ apiKey: "bedrock", baseURL, maxRetries: 0, ...options }),
      close: () => door.close(),
    };
  },
};
