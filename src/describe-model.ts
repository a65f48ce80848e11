import type { Traits } from "./conversation/traits.ts";
import type { BedrockOpenAIHandler } from "./handler.ts";
import { callWithin } from "./house.ts";
import { type Supports, supportsOf } from "./models/supports.ts";
import type { BedrockOpenAIOptions } from "./options.ts";

/** What a model string leads to. */
export interface ModelDescription {
  /** Id or ARN that AWS is called with, and that answers name. */
  model: string;
  /** Its base id, such as `anthropic.claude-sonnet-4-5-20250929-v1:0`; undefined where nobody knows. */
  family: string | undefined;
  /** Where the model string or the operator says it is served; undefined for the default Region. */
  region: string | undefined;
  /** The AWS API that serves it. */
  surface: "converse" | "invoke" | "openai" | "converse-like";
  /** On `openai`: which of AWS's hosts. */
  host: "runtime" | "mantle" | undefined;
  /** The native body that a request is translated to, where that is not Converse. */
  dialect: string | undefined;
  supports: Supports;
  /** The most tokens of one answer, where that is known. */
  maxOutputTokens: number | undefined;
  /** Everything that is known of it, as the option `traits` has it. */
  traits: Traits;
}

/**
 * Says where a model string leads and what can be asked of it, without calling the model. Only an ARN that hides its family
 * is looked up at AWS.
 * @param optionsOrHandler The options of a handler, or a handler, whose aliases and traits then count. Default: none.
 * @throws BedrockOpenAIError 404 `model_not_found` for what cannot be the name of a model.
 */
export async function describeModel(
  model: string,
  optionsOrHandler: BedrockOpenAIOptions | BedrockOpenAIHandler = {},
): Promise<ModelDescription> {
  const { bedrock, signal } = callWithin(optionsOrHandler, undefined);
  const target = await bedrock.resolve({ model }, signal);
  // What it can do, one surface makes up for the other.
  const { traits } = target.instead ?? target;
  return {
    model: target.modelId,
    family: target.family === "" ? undefined : target.family,
    region: target.region,
    surface: target.surface,
    host: target.native?.host,
    dialect: target.dialect?.name,
    supports: supportsOf(traits),
    maxOutputTokens: Number.isFinite(traits.maxOutputTokens) ? traits.maxOutputTokens : undefined,
    traits,
  };
}
