import { isObject } from "../../conversation/json-schema/is-object.ts";
import { parseExact } from "../../conversation/exact-json.ts";
import type { ContentBlock, JsonObject, StopReason, Usage } from "../../conversation/types.ts";
import { toUsage } from "../parts/cached-usage.ts";
import type { DialectAnswer } from "../dialect.ts";
import { countIn, firstIn, objectIn, objectsIn, stopReasonOf, textIn } from "../parts/read-native.ts";
import type { Piece } from "../parts/tag-splitter.ts";
import { createThoughtSplitter } from "../parts/thought-splitter.ts";

/** A chat completion. Source: OpenAI's API reference, The chat completion object. */
export function toOpenAIAnswer(body: JsonObject): DialectAnswer | undefined {
  const choice = firstIn(body, "choices");
  const message = objectIn(choice, "message");
  if (!message) return undefined;
  const calls = objectsIn(message, "tool_calls").map(toToolUse);
  const usage = objectIn(body, "usage");
  return {
    content: [...toWords(message), ...calls],
    stopReason: toOpenAIStop(reasonIn(choice), calls.length > 0) ?? "end_turn",
    ...(usage && { usage: toOpenAIUsage(usage) }),
  };
}

/** Mistral's own models call it otherwise. */
export const reasonIn = (choice: JsonObject | undefined): string | undefined =>
  textIn(choice, "finish_reason") ?? textIn(choice, "stop_reason");

const STOPS: Readonly<Record<string, StopReason>> = {
  stop: "end_turn",
  length: "max_tokens",
  model_length: "model_context_window_exceeded",
  tool_calls: "tool_use",
  function_call: "tool_use",
  content_filter: "content_filtered",
};

/** A forced call ends with `stop` in OpenAI's words. */
export function toOpenAIStop(reason: string | undefined, callsTools: boolean): StopReason | undefined {
  const stop = stopReasonOf(reason, STOPS);
  return callsTools && stop === "end_turn" ? "tool_use" : stop;
}

/** OpenAI's prompt tokens include the cached ones. */
export function toOpenAIUsage(usage: JsonObject): Usage {
  const details = objectIn(usage, "prompt_tokens_details");
  const cacheRead = countIn(details, "cached_tokens") ?? 0;
  const cacheWrite = countIn(details, "cache_write_tokens") ?? 0;
  return toUsage({
    input: (countIn(usage, "prompt_tokens") ?? 0) - cacheRead - cacheWrite,
    output: countIn(usage, "completion_tokens"),
    cacheRead,
    cacheWrite,
    reasoning: countIn(objectIn(usage, "completion_tokens_details"), "reasoning_tokens"),
  });
}

/** What a message, or a piece of one, says and thinks; some hosts call the thoughts `reasoning`. */
export const thoughtIn = (message: JsonObject): string =>
  textIn(message, "reasoning_content") ?? textIn(message, "reasoning") ?? "";

export const saidIn = (message: JsonObject): string =>
  textIn(message, "content") ?? textIn(message, "refusal") ?? "";

function toWords(message: JsonObject): ContentBlock[] {
  const splitter = createThoughtSplitter();
  const pieces = [...splitter.push(saidIn(message)), ...splitter.end()];
  const reasoning = thoughtIn(message) + joined(pieces, "reasoning");
  const text = joined(pieces, "text");
  return [
    ...(reasoning ? [{ reasoningContent: { reasoningText: { text: reasoning } } }] : []),
    ...(text ? [{ text }] : []),
  ];
}

const joined = (pieces: readonly Piece[], wanted: Piece["kind"]): string =>
  pieces.flatMap(({ kind, text }) => (kind === wanted ? text : [])).join("");

function toToolUse(call: JsonObject, index: number): ContentBlock {
  const called = objectIn(call, "function");
  return {
    toolUse: {
      toolUseId: textIn(call, "id") || `call_${index}`,
      name: textIn(called, "name") ?? "",
      input: readArguments(called?.["arguments"]),
    },
  };
}

/** Arguments are JSON in a text; some hosts send them as they are. */
export function readArguments(value: unknown): JsonObject {
  const read = typeof value === "string" ? parsed(value) : value;
  return isObject(read) ? read : {};
}

function parsed(text: string): unknown {
  try {
    return parseExact(text);
  } catch {
    return undefined;
  }
}
