import type { ChatModelStreamEvent } from "@langchain/core/language_models/event";
import type { ContentBlock, UsageMetadata } from "@langchain/core/messages";
import { createBlockWriter, type IndexedBlock } from "./block-writer.ts";
import type { Answered, ChatCompletionChunk } from "../../src/index.ts";
import { toToolCalls } from "./from-reply.ts";
import { extrasOf, MODEL_PROVIDER, toResponseMetadata } from "./told.ts";
import { toUsageMetadata } from "./usage.ts";

type FinishReason = NonNullable<ChatCompletionChunk["choices"][number]["finish_reason"]>;
type Finish = Extract<ChatModelStreamEvent, { event: "message-finish" }>;
type Delta = Extract<ChatModelStreamEvent, { event: "content-block-delta" }>["delta"];

const REASONS: Readonly<Record<FinishReason, NonNullable<Finish["reason"]>>> = {
  stop: "stop",
  length: "length",
  tool_calls: "tool_use",
  function_call: "tool_use",
  content_filter: "content_filter",
};

/** A stream as LangChain's events of content blocks; of several choices the first. */
export async function* toEvents({
  value: chunks,
  ...call
}: Answered<AsyncIterable<ChatCompletionChunk>>): AsyncGenerator<ChatModelStreamEvent> {
  const write = createBlockWriter();
  const blocks = new Map<number, ContentBlock>();
  let started = false;
  let usage: UsageMetadata | undefined;
  let reason: Finish["reason"];
  const responseMetadata: Record<string, unknown> = { model_provider: MODEL_PROVIDER };

  for await (const chunk of chunks) {
    if (!started) yield { event: "message-start", id: chunk.id };
    started = true;
    const choice = chunk.choices.find(({ index }) => index === 0);
    for (const piece of choice ? write(choice.delta) : []) yield* toBlockEvents(piece, blocks);
    if (choice?.finish_reason) {
      reason = REASONS[choice.finish_reason];
      Object.assign(responseMetadata, toResponseMetadata(chunk.model, choice.finish_reason, call));
    }
    Object.assign(responseMetadata, extrasOf(chunk));
    if (chunk.usage) {
      usage = toUsageMetadata(chunk.usage);
      yield { event: "usage", usage };
    }
  }

  for (const [index, block] of blocks)
    yield { event: "content-block-finish", index, content: toFinished(block) };
  yield { event: "message-finish", ...(reason && { reason }), ...(usage && { usage }), responseMetadata };
}

/** The member of a block that grows, and what its growth is called. */
const GROWTH: Readonly<Record<string, { member: string; toDelta: (more: string) => Delta }>> = {
  text: { member: "text", toDelta: (text) => ({ type: "text-delta", text }) },
  reasoning: { member: "reasoning", toDelta: (reasoning) => ({ type: "reasoning-delta", reasoning }) },
  tool_call_chunk: { member: "args", toDelta: (args) => ({ type: "tool-call-delta", args }) },
};

function* toBlockEvents(
  { index, ...piece }: IndexedBlock,
  blocks: Map<number, ContentBlock>,
): Generator<ChatModelStreamEvent> {
  const known = blocks.get(index);
  const growth = GROWTH[piece.type];
  if (!growth) {
    blocks.set(index, piece);
    yield { event: "content-block-start", index, content: piece };
    return;
  }
  const { member, toDelta } = growth;
  const { type, [member]: more = "", ...news } = piece as { type: string } & Record<string, string>;
  const before: ContentBlock = known ?? { ...piece, [member]: "" };
  if (!known) yield { event: "content-block-start", index, content: before };
  blocks.set(index, { ...before, ...news, [member]: `${before[member] as string}${more}` });
  if (more !== "") yield { event: "content-block-delta", index, delta: toDelta(more) };
  else if (known && Object.keys(news).length > 0)
    yield { event: "content-block-delta", index, delta: { type: "block-delta", fields: { type, ...news } } };
}

/** A block as it stands at the end: calls with their arguments read. */
function toFinished(block: ContentBlock): ContentBlock {
  if (block.type !== "tool_call_chunk") return block;
  const { id, name, args } = block as unknown as { id: string; name: string; args: string };
  const text = args === "" ? "{}" : args;
  const read = toToolCalls([{ type: "function", id, function: { name, arguments: text } }]);
  return (read.tool_calls[0] ?? read.invalid_tool_calls[0]) as ContentBlock;
}
