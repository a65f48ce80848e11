import { piecesOf } from "../completion.ts";
import { words } from "../family.ts";
import type { JsonObject } from "../family.ts";
import { callId, callsOf, CREATED, idOf, textOf, thoughtOf } from "../written.ts";
import type { Written } from "../written.ts";

const FINISH_REASONS: Readonly<Record<string, string>> = {
  max_tokens: "length",
  tool_use: "tool_calls",
  content_filtered: "content_filter",
};

/** How a model says what it thinks: in a member of its own, or at the start of its content. */
export interface Voice {
  thinksInContent?: boolean;
}

/** The answer as a `chat.completion`, in as many choices as were asked for. */
export function writeCompletion(answer: Written, { thinksInContent = false }: Voice = {}): JsonObject {
  const calls = toolCalls(answer);
  const thought = thoughtOf(answer);
  const spoken = textOf(answer);
  const content = thinksInContent && thought ? `<reasoning>${thought}</reasoning>${spoken}` : spoken;
  const message = {
    role: "assistant",
    content: content === "" && calls.length > 0 ? null : content,
    ...(thought && !thinksInContent && { reasoning_content: thought }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  return {
    ...envelope(answer, "chat.completion"),
    choices: indexes(answer).map((index) => ({ index, message, finish_reason: finishReason(answer) })),
    usage: writeUsage(answer),
  };
}

/** The answer as `chat.completion.chunk`s: a role, the thought, the text, the calls, the end, and the usage. */
export function* writeCompletionChunks(
  answer: Written,
  { thinksInContent = false }: Voice = {},
): Generator<JsonObject> {
  for (const index of indexes(answer)) {
    const chunk = (delta: JsonObject, finish: string | null = null): JsonObject => ({
      ...envelope(answer, "chat.completion.chunk"),
      choices: [{ index, delta, finish_reason: finish }],
    });
    yield chunk({ role: "assistant", content: "" });
    for (const delta of thoughtDeltas(thoughtOf(answer), thinksInContent)) yield chunk(delta);
    for (const content of words(textOf(answer))) yield chunk({ content });
    for (const delta of callDeltas(answer)) yield chunk(delta);
    yield chunk({}, finishReason(answer));
  }
  yield { ...envelope(answer, "chat.completion.chunk"), choices: [], usage: writeUsage(answer) };
}

export function finishReason({ response: { stopReason } }: Written): string {
  return FINISH_REASONS[stopReason] ?? "stop";
}

export function writeUsage({ response: { usage } }: Written): JsonObject {
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
  };
}

export function envelope(answer: Written, object: string): JsonObject {
  return {
    id: `chatcmpl-${idOf(answer)}`,
    object,
    created: CREATED,
    model: answer.model.baseId || answer.model.id,
  };
}

/** One for each choice. */
export function indexes({ body }: Written): number[] {
  return Array.from({ length: Number(body["n"] ?? 1) }, (_, index) => index);
}

export function toolCalls(answer: Written): JsonObject[] {
  return callsOf(answer).map((call) => ({
    id: callId(call, "chatcmpl-tool-"),
    type: "function",
    function: { name: call.name, arguments: JSON.stringify(call.input) },
  }));
}

function* thoughtDeltas(thought: string, inContent: boolean): Generator<JsonObject> {
  if (thought === "") return;
  const whole = inContent ? `<reasoning>${thought}</reasoning>` : thought;
  for (const piece of piecesOf(whole)) yield inContent ? { content: piece } : { reasoning_content: piece };
}

/** A call opens with its name; its arguments follow in pieces. */
function* callDeltas(answer: Written): Generator<JsonObject> {
  for (const [index, call] of callsOf(answer).entries()) {
    const opening = { name: call.name, arguments: "" };
    const id = callId(call, "chatcmpl-tool-");
    yield { tool_calls: [{ index, id, type: "function", function: opening }] };
    for (const json of JSON.stringify(call.input).match(/[^]{1,8}/gu) ?? []) {
      yield { tool_calls: [{ index, function: { arguments: json } }] };
    }
  }
}
