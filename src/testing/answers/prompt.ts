import type { ImageBlock, ToolResult } from "../../conversation/types.ts";
import { documentBlocks } from "../rules/request.ts";
import type { ConverseRequest, DocumentBlock, RequestBlock } from "../rules/request.ts";

/** What the last turns ask for. */
export interface Prompt {
  /** All text of the last user turn. */
  text: string;
  images: ImageBlock[];
  documents: DocumentBlock[];
  results: { name: string; result: ToolResult }[];
  /** Text of a final assistant turn, which the answer continues. */
  prefill: string | undefined;
}

export function readPrompt(request: ConverseRequest): Prompt {
  const messages = request.messages ?? [];
  const last = messages.at(-1);
  const blocks = messages.findLast(({ role }) => role === "user")?.content ?? [];
  const results = blocks.flatMap(({ toolResult }) =>
    toolResult ? [{ name: toolName(request, toolResult.toolUseId), result: toolResult }] : [],
  );
  return {
    text: textOf(blocks),
    images: blocks.flatMap(({ image }) => image ?? []),
    documents: documentBlocks(blocks.filter(({ document }) => document)),
    results,
    prefill: last?.role === "assistant" ? textOf(last.content) : undefined,
  };
}

function textOf(blocks: readonly RequestBlock[]): string {
  return blocks.flatMap(({ text, guardContent }) => text ?? guardedText(guardContent) ?? []).join("\n");
}

function guardedText(block: RequestBlock["guardContent"]): string | undefined {
  return (block?.["text"] as { text: string } | undefined)?.text;
}

function toolName(request: ConverseRequest, toolUseId: string): string {
  const calls = (request.messages ?? []).flatMap(({ content }) =>
    content.flatMap(({ toolUse }) => toolUse ?? []),
  );
  return calls.find((call) => call.toolUseId === toolUseId)?.name ?? "tool";
}
