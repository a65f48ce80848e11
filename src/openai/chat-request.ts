import * as z from "../schema/z.ts";
import { jsonObject } from "./cache-marks.ts";
import { message } from "./chat-messages.ts";
import { chatTool, functionShape, toolChoice } from "./chat-tools.ts";
import { commonParameters, MAX_INT } from "./common-parameters.ts";
import { listOf } from "./list-of.ts";

/**
 * The chat completions request, as OpenAI's API reference defines it. Unknown keys pass: compatible clients send
 * many. `null` means "not given" wherever OpenAI accepts it.
 */

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

/** LiteLLM's way to mark messages from outside. */
const injectionPoint = z.looseObject({
  location: z.enum(["message", "tool_config"]),
  role: z.string().nullish(),
  index: z.int().nullish(),
});

export const chatRequestShape = z.object({
  model: z.string().min(1),
  messages: listOf(message, 1),
  ...commonParameters,
  max_completion_tokens: z.int().min(1).max(MAX_INT).nullish(),
  max_tokens: z.int().min(1).max(MAX_INT).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  tools: listOf(chatTool, 0, 128).nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  store: z.boolean().nullish(),
  functions: listOf(functionShape, 0, 128).nullish(),
  function_call: z.union([z.enum(["none", "auto"]), z.looseObject({ name: z.string().min(1) })]).nullish(),
  response_format: responseFormat.nullish(),
  modalities: listOf(z.enum(["text", "audio"])).nullish(),
  web_search_options: jsonObject.nullish(),
  prompt_caching: z.looseObject({ system: z.boolean().nullish(), messages: z.boolean().nullish() }).nullish(),
  cache_control_injection_points: listOf(injectionPoint, 0, 64).nullish(),
  user_continue_message: z.looseObject({ content: z.string().min(1) }).nullish(),
});

export const chatRequest = chatRequestShape.loose();

export type ChatRequest = z.output<typeof chatRequest>;
