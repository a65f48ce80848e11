import type { JsonObject } from "../../conversation/types.ts";
import { guardrailMembers } from "../invoke/guardrail-members.ts";
import { callId, callsOf, CREATED, idOf, textOf, thoughtOf } from "../invoke/written.ts";
import type { Written } from "../invoke/written.ts";
import { words } from "../wire/stream-events.ts";
import { tokenLogprobs } from "./logprobs.ts";
import type { Host } from "./resolve.ts";
import { thoughtsIn } from "./thoughts.ts";
import { cachedTokens, promptTokens, reasoningTokens, serviceTier } from "./usage.ts";

const FINISH_REASONS: Readonly<Record<string, string>> = {
  tool_use: "tool_calls",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  guardrail_intervened: "content_filter",
  content_filtered: "content_filter",
};

/** The answer as a `chat.completion`. */
export function writeChat(answer: Written, host: Host): JsonObject {
  const text = spokenText(answer, host);
  const calls = callsOf(answer).map((call) => ({
    id: callId(call, "call_"),
    type: "function",
    function: { name: call.name, arguments: JSON.stringify(call.input) },
  }));
  const thought = openThought(answer, host);
  const message = {
    role: "assistant",
    content: text === "" && calls.length > 0 ? null : text,
    refusal: null,
    ...(thought !== "" && { reasoning_content: thought }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  const choice = {
    index: 0,
    message,
    logprobs: logprobsOf(answer, text),
    finish_reason: finishReason(answer),
  };
  return {
    ...envelope(answer, "chat.completion"),
    choices: [choice],
    usage: writeUsage(answer),
    ...guardrailMembers(answer),
  };
}

/** The answer as the data of a stream; its usage comes last, and only to those who asked for it. */
export function* writeChatChunks(answer: Written, host: Host): Generator<JsonObject | "[DONE]"> {
  const { include_usage: counted } = (answer.body["stream_options"] ?? {}) as { include_usage?: boolean };
  const base = { ...envelope(answer, "chat.completion.chunk"), ...(counted && { usage: null }) };
  const chunk = (delta: JsonObject, finish: string | null = null, logprobs: JsonObject | null = null) => ({
    ...base,
    choices: [{ index: 0, delta, logprobs, finish_reason: finish }],
  });
  yield chunk({ role: "assistant", content: "" });
  for (const thought of words(openThought(answer, host))) yield chunk({ reasoning_content: thought });
  for (const content of words(spokenText(answer, host))) {
    yield chunk({ content }, null, logprobsOf(answer, content));
  }
  for (const delta of callDeltas(answer)) yield chunk(delta);
  yield { ...chunk({}, finishReason(answer)), ...guardrailMembers(answer) };
  if (counted) yield { ...base, choices: [], usage: writeUsage(answer) };
  yield "[DONE]";
}

function* callDeltas(answer: Written): Generator<JsonObject> {
  for (const [index, call] of callsOf(answer).entries()) {
    const opened = {
      id: callId(call, "call_"),
      type: "function",
      function: { name: call.name, arguments: "" },
    };
    yield { tool_calls: [{ index, ...opened }] };
    for (const json of JSON.stringify(call.input).match(/[^]{1,8}/gu) ?? []) {
      yield { tool_calls: [{ index, function: { arguments: json } }] };
    }
  }
}

function envelope(answer: Written, object: string): JsonObject {
  const { model, body } = answer;
  const id = `chatcmpl-${idOf(answer)}`;
  return { id, object, created: CREATED, model: model.id, service_tier: serviceTier(body) };
}

function spokenText(answer: Written, host: Host): string {
  const thought = thoughtsIn(answer.model.baseId, host) === "content" ? thoughtOf(answer) : "";
  return `${thought === "" ? "" : `<reasoning>${thought}</reasoning>`}${textOf(answer)}`;
}

function openThought(answer: Written, host: Host): string {
  return thoughtsIn(answer.model.baseId, host) === "field" ? thoughtOf(answer) : "";
}

function finishReason({ response }: Written): string {
  return FINISH_REASONS[response.stopReason] ?? "stop";
}

function logprobsOf({ body }: Written, text: string): JsonObject | null {
  const { logprobs, top_logprobs: top = 0 } = body;
  return logprobs === true ? { content: tokenLogprobs(text, Number(top)), refusal: null } : null;
}

function writeUsage(answer: Written): JsonObject {
  const { outputTokens } = answer.response.usage;
  const prompt = promptTokens(answer);
  return {
    prompt_tokens: prompt,
    completion_tokens: outputTokens,
    total_tokens: prompt + outputTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens(answer) },
    completion_tokens_details: { reasoning_tokens: reasoningTokens(answer) },
  };
}
