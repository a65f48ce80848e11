import * as z from "zod";
import { cacheMarks, jsonObject } from "./cache-marks.ts";
import { listOf } from "./list-of.ts";
import { textRecord } from "./text-record.ts";

/**
 * What every request to a model may say, whatever it asks the model to do: OpenAI's parameters, Bedrock's own under
 * their AWS names, and those of other providers. `null` means "not given" wherever OpenAI accepts it.
 */

/** AWS counts tokens in 32 bits. */
export const MAX_INT = 2_147_483_647;

const effort = z.enum(["default", "none", "minimal", "low", "medium", "high", "xhigh", "max"]);

/** AWS's bounds on its own parameters, so that what it would refuse is refused before it is sent. */
const guardrailConfig = z.looseObject({
  guardrailIdentifier: z.string().min(1).max(2048),
  guardrailVersion: z.string().regex(/^(|DRAFT|[1-9]\d{0,7})$/, "expected DRAFT or a version number"),
  trace: z.enum(["enabled", "disabled", "enabled_full"]).nullish(),
  streamProcessingMode: z.enum(["sync", "async"]).nullish(),
});

const jsonPointer = z.string().min(1).max(256).regex(/^\//, "expected a JSON pointer");

const penalty = z.number().min(-2).max(2);

export const commonParameters = {
  // LiteLLM's: what goes into the URL, where `model` only says what it is.
  model_id: z.string().min(1).nullish(),
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
  reasoning: z
    .looseObject({
      effort: effort.nullish(),
      max_tokens: z.int().min(1).nullish(),
      enabled: z.boolean().nullish(),
      exclude: z.boolean().nullish(),
    })
    .nullish(),
  thinking: z.looseObject({ type: z.string(), budget_tokens: z.int().min(0).nullish() }).nullish(),
  service_tier: z.enum(["auto", "default", "flex", "scale", "priority", "fast"]).nullish(),
  prompt_cache_options: z
    .looseObject({ mode: z.enum(["implicit", "explicit"]).nullish(), ttl: z.string().nullish() })
    .nullish(),
  prompt_cache_retention: z.string().nullish(),
  cache_control: cacheMarks.cache_control,
  user: z.string().nullish(),
  safety_identifier: z.string().nullish(),
  metadata: textRecord.nullish(),
  guardrailConfig: guardrailConfig.nullish(),
  performanceConfig: z.looseObject({ latency: z.enum(["standard", "optimized"]) }).nullish(),
  serviceTier: z.looseObject({ type: z.enum(["priority", "default", "flex", "reserved"]) }).nullish(),
  requestMetadata: textRecord.nullish(),
  promptVariables: z.record(z.string(), z.looseObject({ text: z.string() })).nullish(),
  additionalModelRequestFields: jsonObject.nullish(),
  additionalModelResponseFieldPaths: listOf(jsonPointer, 0, 10).nullish(),
};

const commonRequest = z.looseObject(commonParameters);

export type CommonRequest = z.output<typeof commonRequest>;
