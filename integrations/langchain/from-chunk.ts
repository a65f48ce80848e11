import { AIMessageChunk, type ContentBlock } from "@langchain/core/messages";
import { ChatGenerationChunk } from "@langchain/core/outputs";
import { type BlockWriter, createBlockWriter } from "./block-writer.ts";
import type { ChatCompletionChunk } from "../../src/index.ts";
import type { OutputVersion } from "./from-reply.ts";
import { type Call, extrasOf, MODEL_PROVIDER, toResponseMetadata } from "./told.ts";
import { toToolCallChunk } from "./tool-call-chunk.ts";
import { withUsage } from "./usage.ts";

type Choice = ChatCompletionChunk["choices"][number];
type Delta = Choice["delta"];

/** A piece of an answer: LangChain's chunk, and the choice it belongs to. */
export interface Piece {
  completion: number;
  chunk: ChatGenerationChunk;
}

/**
 * Reads the chunks of one stream: a chat completion chunk → LangChain's, none or one for each choice. The role alone is no
 * piece; usage and what AWS says beside the answer come last, with the first choice.
 */
export function createChunkReader(
  call: Call,
  version: OutputVersion,
): (chunk: ChatCompletionChunk) => Piece[] {
  const writers = new Map<number, BlockWriter>();
  const tellExtras = createTeller();
  const writerOf = (choice: number): BlockWriter => {
    const writer = writers.get(choice) ?? createBlockWriter();
    writers.set(choice, writer);
    return writer;
  };

  const read = (chunk: ChatCompletionChunk, choice: Choice): Piece[] => {
    const { delta, finish_reason, index } = choice;
    const blocks = version === "v1" ? writerOf(index)(delta) : [];
    const told = {
      ...(finish_reason && toResponseMetadata(chunk.model, finish_reason, call)),
      ...(delta.annotations && { annotations: delta.annotations }),
    };
    const message = toMessage(
      chunk.id,
      delta,
      version === "v1" ? blocks : (delta.content ?? ""),
      told,
      version,
    );
    const isEmpty = !delta.content && !message.tool_call_chunks?.length && Object.keys(told).length === 0;
    if (isEmpty && blocks.length === 0 && Object.keys(message.additional_kwargs).length === 0) return [];
    const info = {
      ...(finish_reason && { finish_reason }),
      ...(choice.logprobs && { logprobs: choice.logprobs }),
    };
    return [toPiece(index, message, delta.content ?? "", info)];
  };

  return (chunk) => {
    const pieces = chunk.choices.flatMap((choice) => read(chunk, choice));
    const extras = tellExtras(chunk);
    if (!chunk.usage && Object.keys(extras).length === 0) return pieces;
    const last = { id: chunk.id, content: version === "v1" ? [] : "" };
    const fields = { ...last, response_metadata: { ...always(version), ...extras } };
    const message = new AIMessageChunk(withUsage(fields, chunk.usage));
    return [...pieces, toPiece(0, message, "", {})];
  };
}

/** What stands beside an answer, each member once and not before its end: native models repeat them in every chunk. */
function createTeller(): (chunk: ChatCompletionChunk) => Record<string, unknown> {
  const told = new Set<string>();
  let waiting: Record<string, unknown> = {};
  let hasEnded = false;
  return (chunk) => {
    waiting = { ...waiting, ...extrasOf(chunk) };
    hasEnded ||= chunk.choices.some(({ finish_reason }) => finish_reason !== null);
    if (!hasEnded) return {};
    const news = Object.entries(waiting).filter(([name]) => !told.has(name));
    for (const [name] of news) told.add(name);
    return Object.fromEntries(news);
  };
}

const toPiece = (
  completion: number,
  message: AIMessageChunk,
  text: string,
  generationInfo: object,
): Piece => ({
  completion,
  chunk: new ChatGenerationChunk({ message, text, generationInfo }),
});

/** What LangChain keeps once, however often it is told. */
const always = (version: OutputVersion): { model_provider: string; output_version?: "v1" } => ({
  model_provider: MODEL_PROVIDER,
  ...(version === "v1" && { output_version: version }),
});

function toMessage(
  id: string,
  delta: Delta,
  content: string | ContentBlock[],
  told: object,
  version: OutputVersion,
): AIMessageChunk {
  const { reasoning_content, thinking_blocks, function_call, refusal } = delta;
  return new AIMessageChunk({
    id,
    content,
    tool_call_chunks: (delta.tool_calls ?? []).map(toToolCallChunk),
    additional_kwargs: {
      ...(version === "v0" && reasoning_content && { reasoning_content }),
      ...(version === "v0" && thinking_blocks && { thinking_blocks }),
      ...(function_call && { function_call: { name: "", ...function_call } }),
      ...(refusal && { refusal }),
    },
    response_metadata: { ...always(version), ...told },
  });
}
