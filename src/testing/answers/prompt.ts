import type {
  AudioBlock,
  DocumentBlock,
  ImageBlock,
  ToolResult,
  VideoBlock,
} from "../../conversation/types.ts";
import type { ConverseRequest, RequestBlock } from "../rules/request.ts";

/** What the last turns ask for. */
export interface Prompt {
  /** All text of the last user turn. */
  text: string;
  images: ImageBlock[];
  documents: DocumentBlock[];
  videos: VideoBlock[];
  sounds: AudioBlock[];
  results: { name: string; result: ToolResult }[];
  /** Text of a final assistant turn, which the answer continues. */
  prefill: string | undefined;
}

export function readPrompt(request: ConverseRequest): Prompt {
  const messages = request.messages ?? [];
  const last = messages.at(-1);
  const blocks = lastUserBlocks(request);
  const results = blocks.flatMap(({ toolResult }) =>
    toolResult ? [{ name: toolName(request, toolResult.toolUseId), result: toolResult }] : [],
  );
  return {
    text: textOf(blocks),
    images: blocks.flatMap(({ image }) => image ?? []),
    documents: blocks.flatMap(({ document }) => document ?? []),
    videos: blocks.flatMap(({ video }) => video ?? []),
    sounds: blocks.flatMap(({ audio }) => audio ?? []),
    results,
    prefill: last?.role === "assistant" ? textOf(last.content) : undefined,
  };
}

export function lastUserBlocks({ messages = [] }: ConverseRequest): RequestBlock[] {
  return messages.findLast(({ role }) => role === "user")?.content ?? [];
}

function textOf(blocks: readonly RequestBlock[]): string {
  return blocks.flatMap(({ text, guardContent }) => text ?? guardContent?.text?.text ?? []).join("\n");
}

function toolName(request: ConverseRequest, toolUseId: string): string {
  const calls = (request.messages ?? []).flatMap(({ content }) =>
    content.flatMap(({ toolUse }) => toolUse ?? []),
  );
  return calls.find((call) => call.toolUseId === toolUseId)?.name ?? "tool";
}
