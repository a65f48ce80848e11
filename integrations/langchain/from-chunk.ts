import { AIMessageChunk } from "@langchain/core/messages";
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

  const read = (chunk: ChatCompletionChunk, choice: Choice): Piece | undefined => {
    const { delta, finish_reason, index, logprobs } = choice;
    const content = version === "v1" ? writerOf(index)(delta) : (delta.content ?? "");
    const calls = delta.tool_calls ?? [];
    const kwargs = toKwargs(delta, version);
    const told = finish_reason || delta.annotations ? toTold(chunk, choice, call) : undefined;
    if (content.length === 0 && calls.length === 0 && !kwargs && !told) return undefined;
    const message = new AIMessageChunk({
      id: chunk.id,
      content,
      tool_call_chunks: calls.map(toToolCallChunk),
      additional_kwargs: kwargs ?? {},
      response_metadata: { ...always(version), ...told },
    });
    const info = { ...(finish_reason && { finish_reason }), ...(logprobs && { logprobs }) };
    return toPiece(index, message, delta.content ?? "", info);
  };

  return (chunk) => {
    const pieces = chunk.choices.map((choice) => read(chunk, choice)).filter((piece) => piece !== undefined);
    const extras = tellExtras(chunk);
    if (!chunk.usage && !extras) return pieces;
    const last = { id: chunk.id, content: version === "v1" ? [] : "" };
    const fields = { ...last, response_metadata: { ...always(version), ...extras } };
    const message = new AIMessageChunk(withUsage(fields, chunk.usage));
    return [...pieces, toPiece(0, message, "", {})];
  };
}

type Extras = Record<string, unknown>;

/** What stands beside an answer, each member once and not before its end: native models repeat them in every chunk. */
function createTeller(): (chunk: ChatCompletionChunk) => Extras | undefined {
  const told = new Set<string>();
  let waiting: Extras | undefined;
  let hasEnded = false;
  return (chunk) => {
    const extras = extrasOf(chunk);
    if (extras) waiting = { ...waiting, ...extras };
    hasEnded ||= chunk.choices.some(({ finish_reason }) => finish_reason !== null);
    if (!hasEnded || !waiting) return undefined;
    const news = Object.entries(waiting).filter(([name]) => !told.has(name));
    for (const [name] of news) told.add(name);
    waiting = undefined;
    return news.length > 0 ? Object.fromEntries(news) : undefined;
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

const toTold = (
  { model }: ChatCompletionChunk,
  { finish_reason, delta: { annotations } }: Choice,
  call: Call,
): Record<string, unknown> => ({
  ...(finish_reason && toResponseMetadata(model, finish_reason, call)),
  ...(annotations && { annotations }),
});

/** Nearly every delta is text, and has none. */
function toKwargs(delta: Delta, version: OutputVersion): Record<string, unknown> | undefined {
  const { function_call, refusal } = delta;
  const { reasoning_content, thinking_blocks }: Partial<Delta> = version === "v0" ? delta : {};
  if (!reasoning_content && !thinking_blocks && !function_call && !refusal) return undefined;
  return {
    ...(reasoning_content && { reasoning_content }),
    ...(thinking_blocks && { thinking_blocks }),
    ...(function_call && { function_call: { name: "", ...function_call } }),
    ...(refusal && { refusal }),
  };
}
