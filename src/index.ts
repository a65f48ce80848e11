export type { Adjustment } from "./adjustments.ts";
export type { ModelEntry } from "./bedrock/models/aliases.ts";
export type { Effort } from "./conversation/reasoning/efforts.ts";
export type { NativeSampling, Reasoning, Traits } from "./conversation/traits.ts";
export { BedrockOpenAIError, type BedrockOpenAIErrorInit } from "./errors.ts";
export { type BedrockOpenAIHandler, createBedrockOpenAIHandler } from "./handler.ts";
export type { MediaOptions } from "./media/fetch-media.ts";
export type { BedrockOpenAIOptions, Logger } from "./options.ts";
