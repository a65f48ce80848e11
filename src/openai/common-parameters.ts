import * as z from "../schema/z.ts";
import { awsParameters } from "./aws-parameters.ts";
import { cacheMarks } from "./cache-marks.ts";
import { listOf } from "./list-of.ts";

/**
 * What every request for words may say, whatever it asks the model to write: OpenAI's parameters, Bedrock's own under
 * their AWS names, and those of other providers. `null` means "not given" wherever OpenAI accepts it.
 */

/** AWS counts tokens in 32 bits. */
export const MAX_INT = 2_147_483_647;

const effort = z.enum(["default", "none", "minimal", "low", "medium", "high", "xhigh", "max"]);

const jsonPointer = z.string().min(1).max(256).regex(/^\//, "expected a JSON pointer");

const penalty = z.number().min(-2).max(2);

/** OpenRouter's form of it; the Responses API's begins alike. */
export const reasoningWish = z.looseObject({
  effort: effort.nullish(),
  max_tokens: z.int().min(1).nullish(),
  enabled: z.boolean().nullish(),
  exclude: z.boolean().nullish(),
});

export const commonParameters = {
  ...awsParameters,
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  top_k: z.int().min(-1).nullish(),
  seed: z.int().nullish(),
  frequency_penalty: penalty.nullish(),
  presence_penalty: penalty.nullish(),
  stop: z.union([z.string(), listOf(z.string(), 0, 4)]).nullish(),
  n: z.int().min(1).max(128).nullish(),
  reasoning_effort: effort.nullish(),
  // OpenRouter's form and Anthropic's.
  reasoning: reasoningWish.nullish(),
  thinking: z.looseObject({ type: z.string(), budget_tokens: z.int().min(0).nullish() }).nullish(),
  prompt_cache_options: z
    .looseObject({ mode: z.enum(["implicit", "explicit"]).nullish(), ttl: z.string().nullish() })
    .nullish(),
  prompt_cache_retention: z.string().nullish(),
  cache_control: cacheMarks.cache_control,
  promptVariables: z.record(z.string(), z.looseObject({ text: z.string() })).nullish(),
  additionalModelResponseFieldPaths: listOf(jsonPointer, 0, 10).nullish(),
};

const commonRequest = z.looseObject(commonParameters);

export type CommonRequest = z.output<typeof commonRequest>;
