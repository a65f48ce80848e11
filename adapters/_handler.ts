import {
  type BedrockOpenAIHandler,
  type BedrockOpenAIOptions,
  createBedrockOpenAIHandler,
} from "../src/index.ts";

/** Options for a new handler, or a handler that several mounts share. */
export type OptionsOrHandler = BedrockOpenAIOptions | BedrockOpenAIHandler;

export const toHandler = (optionsOrHandler: OptionsOrHandler = {}): BedrockOpenAIHandler =>
  typeof optionsOrHandler === "function" ? optionsOrHandler : createBedrockOpenAIHandler(optionsOrHandler);
