import type { Mode } from "./bedrock/catalogue/entry.ts";
import type { AskedModel } from "./bedrock/models/resolve.ts";
import type { Traits } from "./conversation/traits.ts";
import { AMBIENT, type BedrockOpenAIHandler, callWithin } from "./house.ts";
import type { Supports } from "./models/supports.ts";
import type { BedrockOpenAIOptions } from "./options.ts";

/** What a model string leads to. */
export interface ModelDescription {
  /** Id or ARN that AWS is called with, and that answers name. */
  model: string;
  /** Its base id, such as `anthropic.claude-sonnet-4-5-20250929-v1:0`; undefined where nobody knows. */
  family: string | undefined;
  /** Where the model string or the operator says it is served; undefined for the default Region. */
  region: string | undefined;
  /** What it is for, as `GET /models` has it; undefined for what no endpoint here gives, such as speech and video. */
  mode: Mode | undefined;
  /** The AWS API that serves it. */
  surface: "converse" | "invoke" | "openai" | "converse-like";
  /** On `openai`: which of AWS's hosts. */
  host: "runtime" | "mantle" | undefined;
  /** The native body that a request is translated to, where that is not Converse. */
  dialect: string | undefined;
  /** What can be asked of it, as `GET /models` has it; undefined for what does not chat. */
  supports: Supports | undefined;
  /** The most tokens of one answer, where that is known. */
  maxOutputTokens: number | undefined;
  /** Everything that is known of it, as the option `traits` has it; undefined for what does not chat. */
  traits: Traits | undefined;
}

/**
 * Says where a model string leads and what can be asked of it, without calling the model. Only an ARN that hides its family
 * is looked up at AWS, and only for two seconds; a name that is none is compared with AWS's list, for as long.
 * @param model Whatever a request may have as `model`, aliases included; with `modelId`, its `model_id`.
 * @param optionsOrHandler The options of a handler, or a handler, whose aliases, traits and lessons then count. Default: the
 * ambient AWS environment.
 * @throws BedrockOpenAIError 404 `model_not_found`, with the nearest ids, for what is not the name of a model.
 * @throws The signal's reason, once it has fired.
 */
export async function describeModel(
  model: string | AskedModel,
  optionsOrHandler: BedrockOpenAIOptions | BedrockOpenAIHandler = AMBIENT,
  { signal: caller }: { signal?: AbortSignal } = {},
): Promise<ModelDescription> {
  const { bedrock, signal, release } = await callWithin(optionsOrHandler, caller);
  try {
    signal.throwIfAborted();
    const target = await bedrock.identify(typeof model === "string" ? { model } : model, signal);
    signal.throwIfAborted();
    const { modelId, family, region, surface, native, dialect } = target;
    const place = { model: modelId, family: family === "" ? undefined : family, region };
    const { modeOf, supportsOf } = await import("./endpoints/slices.ts");
    const mode = modeOf(family);
    if (mode !== "chat") return { ...place, mode, ...NOT_CHATTING };
    // What it can do, one surface makes up for the other.
    const { traits } = target.instead ?? target;
    return {
      ...place,
      mode,
      surface,
      host: native?.host,
      dialect: dialect?.name,
      supports: supportsOf(traits),
      maxOutputTokens: Number.isFinite(traits.maxOutputTokens) ? traits.maxOutputTokens : undefined,
      traits,
    };
  } finally {
    release();
  }
}

/** Converse has none of them, and the traits are those of a conversation. */
const NOT_CHATTING = {
  surface: "invoke",
  host: undefined,
  dialect: undefined,
  supports: undefined,
  maxOutputTokens: undefined,
  traits: undefined,
} as const;
