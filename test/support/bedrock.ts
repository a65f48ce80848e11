import {
  type BedrockOpenAIHandler,
  type BedrockOpenAIOptions,
  createBedrockOpenAIHandler,
} from "../../src/index.ts";
import { type BedrockEmulator, EMULATOR_CREDENTIALS, startBedrockEmulator } from "../../src/testing/index.ts";

export const CLAUDE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
export const NEW_CLAUDE = "us.anthropic.claude-opus-5-5";
export const NOVA = "us.amazon.nova-pro-v1:0";
export const MISTRAL = "mistral.mistral-7b-instruct-v0:2";
export const PIXTRAL = "us.mistral.pixtral-large-2502-v1:0";
/** By Converse: what it does natively is tested apart. */
export const GPT = "converse/us.openai.gpt-6-sol";
export const LLAMA = "us.meta.llama3-3-70b-instruct-v1:0";

export interface House {
  bedrock: BedrockEmulator;
  handler: BedrockOpenAIHandler;
  /** What was logged, in the place of a console. */
  logged: string[];
  /** A handler on the same emulator with other options. */
  withOptions(options: BedrockOpenAIOptions): BedrockOpenAIHandler;
}

/** A handler whose Bedrock is the emulator. */
export async function openHouse(): Promise<House> {
  const bedrock = await startBedrockEmulator();
  const logged: string[] = [];
  const log = (message: string): void => void logged.push(message);
  const withOptions = (options: BedrockOpenAIOptions): BedrockOpenAIHandler =>
    createBedrockOpenAIHandler({
      endpoint: bedrock.url,
      region: "us-east-1",
      credentials: EMULATOR_CREDENTIALS,
      retries: 0,
      logger: { error: log, warn: log },
      ...options,
    });
  return { bedrock, handler: withOptions({}), logged, withOptions };
}

/** Polls until it holds: what happens on a socket happens a moment later. */
export async function eventually(holds: () => boolean, ms = 3_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`still not so after ${ms} ms: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
