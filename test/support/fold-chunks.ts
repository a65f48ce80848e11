import type {
  AssistantReply,
  BedrockExtras,
  ChatChoice,
  ChatDelta,
  ChatUsage,
  FinishReason,
  ReplyToolCall,
  ToolCallDelta,
} from "../../src/openai/chat-response.ts";
import { type Chunk, chunksOf } from "./sse.ts";

/** A stream put together as its reader understands it: what the whole answer would say, and nothing of its head. */
export interface FoldedAnswer extends BedrockExtras {
  choices: ChatChoice[];
  usage?: ChatUsage | undefined;
}

type TellingChunk = Chunk & BedrockExtras;

/**
 * Folds a stream's chunks into an answer.
 * @throws Error for anything but one role, one finish and dense indexes a choice, and `[DONE]` at the end.
 */
export function foldChunks(text: string): FoldedAnswer {
  const { chunks, done } = chunksOf(text);
  if (!done || chunks.some(({ error }) => error)) throw new Error(`the stream broke: ${text}`);
  const pieces = chunks.flatMap(({ choices }) => choices);
  const indexes = [...new Set(pieces.map(({ index }) => index))].toSorted((a, b) => a - b);
  const choices = indexes.map((index) =>
    foldChoice(
      index,
      pieces.filter((piece) => piece.index === index),
    ),
  );
  const folded: FoldedAnswer = { choices };
  for (const chunk of bareChunks(text) as TellingChunk[]) {
    const { usage, trace, additionalModelResponseFields: fields } = chunk;
    Object.assign(
      folded,
      usage && { usage },
      trace && { trace },
      fields !== undefined && { additionalModelResponseFields: fields },
    );
  }
  return folded;
}

/** Chunks without choices, over which clients stumble that did not ask for them. */
export const bareChunks = (text: string): Chunk[] =>
  chunksOf(text).chunks.filter(({ choices }) => choices.length === 0);

function foldChoice(index: number, pieces: readonly Chunk["choices"][number][]): ChatChoice {
  const deltas = pieces.map(({ delta }) => delta);
  const finishes = pieces.flatMap(({ finish_reason: finish }) => finish ?? []);
  const roles = deltas.filter(({ role }) => role);
  if (finishes.length !== 1 || roles.length !== 1 || roles[0] !== deltas[0])
    throw new Error(`choice ${index} has not one role and one finish: ${JSON.stringify(pieces)}`);
  return { index, message: foldMessage(deltas), logprobs: null, finish_reason: finishes[0] as FinishReason };
}

function foldMessage(deltas: readonly ChatDelta[]): AssistantReply {
  const content = deltas.map((delta) => delta.content ?? "").join("");
  const reasoning_content = deltas.map((delta) => delta.reasoning_content ?? "").join("");
  const reasoning = deltas.map((delta) => delta.reasoning ?? "").join("");
  const annotations = deltas.flatMap((delta) => delta.annotations ?? []);
  const thinking_blocks = deltas.flatMap((delta) => delta.thinking_blocks ?? []);
  const tool_calls = foldCalls(deltas.flatMap((delta) => delta.tool_calls ?? []));
  const function_call = foldFunctionCall(deltas.flatMap((delta) => delta.function_call ?? []));
  const calls = tool_calls.length > 0 || function_call !== undefined;
  return {
    role: "assistant",
    content: content === "" && calls ? null : content,
    refusal: null,
    ...(annotations.length > 0 && { annotations }),
    ...(tool_calls.length > 0 && { tool_calls }),
    ...(function_call && { function_call }),
    ...(reasoning_content !== "" && { reasoning_content }),
    ...(reasoning !== "" && { reasoning }),
    ...(thinking_blocks.length > 0 && { thinking_blocks }),
  };
}

function foldCalls(deltas: readonly ToolCallDelta[]): ReplyToolCall[] {
  const calls: ReplyToolCall[] = [];
  for (const { index, id, type, function: called, custom } of deltas) {
    if (id !== undefined) {
      if (index !== calls.length) throw new Error(`call ${calls.length} has index ${index}`);
      calls.push(
        type === "custom"
          ? { id, type, custom: { name: custom!.name!, input: "" } }
          : { id, type: "function", function: { name: called!.name!, arguments: "" } },
      );
    }
    const call = calls[index]!;
    if (call.type === "custom") call.custom.input += custom?.input ?? "";
    else call.function.arguments += called?.arguments ?? "";
  }
  return calls;
}

function foldFunctionCall(
  pieces: readonly NonNullable<ChatDelta["function_call"]>[],
): AssistantReply["function_call"] {
  if (pieces.length === 0) return undefined;
  return {
    name: pieces.map(({ name }) => name ?? "").join(""),
    arguments: pieces.map(({ arguments: json }) => json).join(""),
  };
}
