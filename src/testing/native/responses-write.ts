import type { JsonObject } from "../../conversation/types.ts";
import { CREATED, idOf } from "../invoke/written.ts";
import type { Written } from "../invoke/written.ts";
import { isObject } from "../rules/request.ts";
import { effortOf } from "./efforts.ts";
import { askedEffort } from "./responses-rules.ts";
import { cachedTokens, promptTokens, reasoningTokens, serviceTier } from "./usage.ts";

const INCOMPLETE: Readonly<Record<string, string>> = {
  max_tokens: "max_output_tokens",
  guardrail_intervened: "content_filter",
  content_filtered: "content_filter",
};

/** The id under which the response may be continued. */
export function responseId(answer: Written): string {
  return `resp_${idOf(answer)}`;
}

/** The finished response. */
export function writeResponse(answer: Written, output: readonly JsonObject[]): JsonObject {
  const reason = INCOMPLETE[answer.response.stopReason];
  return {
    ...unfinished(answer),
    status: reason === undefined ? "completed" : "incomplete",
    completed_at: CREATED,
    incomplete_details: reason === undefined ? null : { reason },
    output,
    usage: writeUsage(answer),
  };
}

/** The response before it has said anything. */
export function unfinished(answer: Written): JsonObject {
  const { body, model } = answer;
  const effort = effortOf(model.baseId, askedEffort(body)) ?? "none";
  const { summary = null } = (body["reasoning"] ?? {}) as { summary?: string | null };
  return {
    id: responseId(answer),
    object: "response",
    created_at: CREATED,
    status: "in_progress",
    background: false,
    error: null,
    incomplete_details: null,
    instructions: body["instructions"] ?? null,
    max_output_tokens: body["max_output_tokens"] ?? null,
    model: model.id,
    output: [],
    parallel_tool_calls: body["parallel_tool_calls"] ?? true,
    previous_response_id: body["previous_response_id"] ?? null,
    reasoning: { effort, summary },
    service_tier: serviceTier(body),
    store: body["store"] ?? true,
    temperature: body["temperature"] ?? 1,
    text: { format: { type: "text" }, ...(isObject(body["text"]) && body["text"]) },
    tool_choice: body["tool_choice"] ?? "auto",
    tools: toolsOf(body),
    top_logprobs: body["top_logprobs"] ?? 0,
    top_p: body["top_p"] ?? 1,
    truncation: body["truncation"] ?? "disabled",
    ...(body["user"] !== undefined && { user: body["user"] }),
    metadata: body["metadata"] ?? {},
  };
}

function toolsOf({ tools }: JsonObject): JsonObject[] {
  const offered = Array.isArray(tools) ? tools.filter(isObject) : [];
  return offered.map((tool) => Object.assign({ parameters: null, strict: true }, tool));
}

function writeUsage(answer: Written): JsonObject {
  const { outputTokens, cacheWriteInputTokens = 0 } = answer.response.usage;
  const prompt = promptTokens(answer);
  return {
    input_tokens: prompt,
    input_tokens_details: { cached_tokens: cachedTokens(answer), cache_write_tokens: cacheWriteInputTokens },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: reasoningTokens(answer) },
    total_tokens: prompt + outputTokens,
  };
}
