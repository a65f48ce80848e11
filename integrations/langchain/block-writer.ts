import type { ContentBlock } from "@langchain/core/messages";
import { type ThinkingBlock, toCitation, toReasoningBlock } from "./blocks.ts";
import type { ChatCompletionChunk } from "../../src/index.ts";
import { toToolCallChunk } from "./tool-call-chunk.ts";

type Delta = ChatCompletionChunk["choices"][number]["delta"];

/** A delta of a choice → pieces of LangChain's content blocks. */
export type BlockWriter = (delta: Delta) => IndexedBlock[];

/** A piece of a content block; pieces with one index are one block. */
export type IndexedBlock = ContentBlock & { index: number };

/** Counts the blocks of one choice: a new one begins where thought, text and calls give way to each other. */
export function createBlockWriter(): BlockWriter {
  const calls = new Map<number, number>();
  let next = 0;
  let open: { type: "reasoning" | "text"; index: number } | undefined;
  let lastText: number | undefined;

  const place = (type: "reasoning" | "text"): number => {
    if (open?.type !== type) open = { type, index: next++ };
    if (type === "text") lastText = open.index;
    return open.index;
  };

  const placeCall = (call: number): number => {
    open = undefined;
    const index = calls.get(call) ?? next++;
    calls.set(call, index);
    return index;
  };

  /** A thought that is complete: what it still lacks is its signature. */
  const close = (block: ThinkingBlock): IndexedBlock => {
    const index = open?.type === "reasoning" ? open.index : undefined;
    if (block.type !== "thinking" || index === undefined)
      return { ...toReasoningBlock(block), index: next++ };
    open = undefined;
    return { type: "reasoning", reasoning: "", signature: block.signature, index };
  };

  return ({ reasoning_content: reasoning, thinking_blocks = [], content, annotations, tool_calls = [] }) => [
    ...(reasoning ? [{ type: "reasoning" as const, reasoning, index: place("reasoning") }] : []),
    ...thinking_blocks.map(close),
    ...(content ? [{ type: "text" as const, text: content, index: place("text") }] : []),
    ...(annotations
      ? [
          {
            type: "text" as const,
            text: "",
            annotations: annotations.map(toCitation),
            index: lastText ?? place("text"),
          },
        ]
      : []),
    ...tool_calls.map((call) => ({
      ...toToolCallChunk(call),
      type: "tool_call_chunk" as const,
      index: placeCall(call.index),
    })),
  ];
}
