import * as z from "../schema/z.ts";
import { cacheControl, contentBlock, jsonObject, textBlock } from "./blocks.ts";
import { listOf } from "../openai/list-of.ts";
import { tagged, textOr } from "./tagged.ts";
import { tool, toolChoice } from "./tools.ts";

/**
 * The request of Anthropic's Messages API, as its API reference defines it. Unknown keys pass: betas bring many.
 * `null` means "not given".
 */

const message = z.looseObject({
  // In the middle of a conversation, for the models that take it there.
  role: z.enum(["user", "assistant", "system"]),
  content: textOr(listOf(contentBlock)),
});

const display = z.string().nullish();

const thinking = tagged({
  enabled: z.looseObject({ type: z.literal("enabled"), budget_tokens: z.int().min(1), display }),
  adaptive: z.looseObject({ type: z.literal("adaptive"), display }),
  disabled: z.looseObject({ type: z.literal("disabled") }),
  between_tools: z.looseObject({ type: z.literal("between_tools"), display }),
});

const format = z.looseObject({ type: z.literal("json_schema"), schema: jsonObject });

const outputConfig = z.looseObject({
  effort: z.enum(["low", "medium", "high", "xhigh", "max"]).nullish(),
  format: format.nullish(),
});

/** AWS counts tokens in 32 bits. */
const MAX_INT = 2_147_483_647;

export const messagesShape = {
  model: z.string().min(1),
  messages: listOf(message, 1),
  system: textOr(listOf(textBlock)).nullish(),
  max_tokens: z.int().min(1).max(MAX_INT),
  tools: listOf(tool).nullish(),
  tool_choice: toolChoice.nullish(),
  thinking: thinking.nullish(),
  output_config: outputConfig.nullish(),
  // What `output_config.format` was called while it was a beta.
  output_format: format.nullish(),
  cache_control: cacheControl,
  stream: z.boolean().nullish(),
  stop_sequences: listOf(z.string(), 0, 8191).nullish(),
  temperature: z.number().min(0).max(1).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  top_k: z.int().min(0).nullish(),
  metadata: z.looseObject({ user_id: z.string().nullish() }).nullish(),
  betas: listOf(z.string()).nullish(),
  anthropic_beta: listOf(z.string()).nullish(),
};

export type MessageParam = z.output<typeof message>;
