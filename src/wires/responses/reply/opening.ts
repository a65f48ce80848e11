import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { ResponsesRequest } from "../../../openai/responses/request.ts";
import type { ResponseObject } from "../../../openai/responses/response.ts";
import { conversationId } from "../state/own-input.ts";

/** What identifies a response that is told. */
interface Opening {
  id: string;
  /** Unix seconds. */
  createdAt: number;
  /** The Bedrock id that answers. */
  model: string;
}

/**
 * A response as it begins: what was asked, with OpenAI's defaults for what was not. Source: OpenAI API reference, "The response
 * object"; null is only where its schema has it.
 */
export function openResponse(request: ResponsesRequest, { id, createdAt, model }: Opening): ResponseObject {
  const said: Readonly<Record<string, unknown>> = request;
  const { conversation } = request;
  return {
    id,
    object: "response",
    created_at: createdAt,
    status: "in_progress",
    background: request.background ?? false,
    completed_at: null,
    error: null,
    frequency_penalty: said["frequency_penalty"] ?? 0,
    incomplete_details: null,
    instructions: request.instructions ?? null,
    max_output_tokens: said["max_output_tokens"] ?? null,
    max_tool_calls: said["max_tool_calls"] ?? null,
    model,
    output: [],
    parallel_tool_calls: said["parallel_tool_calls"] !== false,
    presence_penalty: said["presence_penalty"] ?? 0,
    previous_response_id: request.previous_response_id ?? null,
    ...(conversation && { conversation: { id: conversationId(conversation) } }),
    prompt_cache_key: said["prompt_cache_key"] ?? null,
    reasoning: reasoningOf(said),
    safety_identifier: said["safety_identifier"] ?? null,
    service_tier: said["service_tier"] ?? "auto",
    store: request.store ?? true,
    temperature: said["temperature"] ?? 1,
    text: textOf(said["text"]),
    tool_choice: said["tool_choice"] ?? "auto",
    tools: listOf(said["tools"]).map(toolAsTold),
    top_logprobs: said["top_logprobs"] ?? 0,
    top_p: said["top_p"] ?? 1,
    truncation: said["truncation"] ?? "disabled",
    ...(said["user"] != null && { user: said["user"] }),
    metadata: (said["metadata"] ?? {}) as ResponseObject["metadata"],
  };
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function reasoningOf({ reasoning, reasoning_effort }: Readonly<Record<string, unknown>>): object {
  const { effort, summary, generate_summary } = isObject(reasoning) ? reasoning : {};
  const told = summary ?? generate_summary ?? null;
  const wanted = effort ?? reasoning_effort ?? null;
  // Of other providers; OpenAI has no word for them.
  return { effort: wanted === "default" ? null : wanted, summary: told === "none" ? null : told };
}

const textOf = (text: unknown): object => {
  const said = isObject(text) ? text : {};
  return { ...said, format: said["format"] ?? { type: "text" }, verbosity: said["verbosity"] ?? "medium" };
};

/** Clients look for both members of a function. */
function toolAsTold(tool: unknown): unknown {
  if (!isObject(tool) || tool["type"] !== "function") return tool;
  const { function: nested, ...flat } = tool;
  const said = isObject(nested) ? { ...flat, ...nested } : flat;
  return { ...said, parameters: said["parameters"] ?? null, strict: said["strict"] ?? false };
}
