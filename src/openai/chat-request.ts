import * as z from "zod";
import { cacheMarks, jsonObject } from "./cache-marks.ts";
import { message } from "./chat-messages.ts";
import { chatTool, functionShape, toolChoice } from "./chat-tools.ts";
import { listOf } from "./list-of.ts";
import { textRecord } from "./text-record.ts";

/**
 * The chat completions request, as OpenAI's API reference defines it. Unknown keys pass: compatible clients send
 * many. `null` means "not given" wherever OpenAI accepts it.
 */

/** AWS counts tokens in 32 bits. */
const MAX_INT = 2_147_483_647;

const responseFormat = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("text") }),
  // Beside OpenAI's own form some clients send the schema along.
  z.looseObject({
    type: z.literal("json_object"),
    schema: jsonObject.nullish(),
    response_schema: jsonObject.nullish(),
  }),
  z.looseObject({
    type: z.literal("json_schema"),
    json_schema: z.looseObject({
      name: z.string().min(1),
      description: z.string().nullish(),
      schema: jsonObject.nullish(),
      strict: z.boolean().nullish(),
    }),
  }),
]);

const effort = z.enum(["default", "none", "minimal", "low", "medium", "high", "xhigh", "max"]);

/** AWS's bounds on its own parameters, so that what it would refuse is refused before it is sent. */
const guardrailConfig = z.looseObject({
  guardrailIdentifier: z.string().min(1).max(2048),
  guardrailVersion: z.string().regex(/^(|DRAFT|[1-9]\d{0,7})$/, "expected DRAFT or a version number"),
  trace: z.enum(["enabled", "disabled", "enabled_full"]).nullish(),
  streamProcessingMode: z.enum(["sync", "async"]).nullish(),
});

const jsonPointer = z.string().min(1).max(256).regex(/^\//, "expected a JSON pointer");

/** LiteLLM's way to mark messages from outside. */
const injectionPoint = z.looseObject({
  location: z.enum(["message", "tool_config"]),
  role: z.string().nullish(),
  index: z.int().nullish(),
});

const penalty = z.number().min(-2).max(2);

export const chatRequestShape = z.object({
  model: z.string().min(1),
  messages: listOf(message, 1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  max_completion_tokens: z.int().min(1).max(MAX_INT).nullish(),
  max_tokens: z.int().min(1).max(MAX_INT).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  top_k: z.int().min(-1).nullish(),
  seed: z.int().nullish(),
  frequency_penalty: penalty.nullish(),
  presence_penalty: penalty.nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  stop: z.union([z.string(), listOf(z.string(), 0, 4)]).nullish(),
  n: z.int().min(1).max(128).nullish(),
  tools: listOf(chatTool, 0, 128).nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  functions: listOf(functionShape, 0, 128).nullish(),
  function_call: z.union([z.enum(["none", "auto"]), z.looseObject({ name: z.string().min(1) })]).nullish(),
  response_format: responseFormat.nullish(),
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
  modalities: listOf(z.enum(["text", "audio"])).nullish(),
  service_tier: z.enum(["auto", "default", "flex", "scale", "priority", "fast"]).nullish(),
  web_search_options: jsonObject.nullish(),
  prompt_cache_options: z
    .looseObject({ mode: z.enum(["implicit", "explicit"]).nullish(), ttl: z.string().nullish() })
    .nullish(),
  prompt_cache_retention: z.string().nullish(),
  prompt_caching: z.looseObject({ system: z.boolean().nullish(), messages: z.boolean().nullish() }).nullish(),
  cache_control: cacheMarks.cache_control,
  cache_control_injection_points: listOf(injectionPoint, 0, 64).nullish(),
  user: z.string().nullish(),
  safety_identifier: z.string().nullish(),
  user_continue_message: z.looseObject({ content: z.string().min(1) }).nullish(),
  metadata: textRecord.nullish(),
  guardrailConfig: guardrailConfig.nullish(),
  performanceConfig: z.looseObject({ latency: z.enum(["standard", "optimized"]) }).nullish(),
  serviceTier: z.looseObject({ type: z.enum(["priority", "default", "flex", "reserved"]) }).nullish(),
  requestMetadata: textRecord.nullish(),
  additionalModelRequestFields: jsonObject.nullish(),
  additionalModelResponseFieldPaths: listOf(jsonPointer, 0, 10).nullish(),
});

export const chatRequest = chatRequestShape.loose();

export type ChatRequest = z.output<typeof chatRequest>;
