import {
  type BedrockOpenAIHandler,
  type BedrockOpenAIOptions,
  createBedrockOpenAIHandler,
} from "../src/index.ts";

/** Options for a new handler, or a handler that several mounts share. */
export type OptionsOrHandler = BedrockOpenAIOptions | BedrockOpenAIHandler;

/** Options without those of the mount, which the house does not know. */
export const withoutMount = <Options extends object>(options: Options, mount: readonly string[]): Options =>
  Object.fromEntries(Object.entries(options).filter(([name]) => !mount.includes(name))) as Options;

export const toHandler = (optionsOrHandler: OptionsOrHandler = {}): BedrockOpenAIHandler =>
  typeof optionsOrHandler === "function" ? optionsOrHandler : createBedrockOpenAIHandler(optionsOrHandler);
