import type { ConverseStreamEvent, Usage } from "../../conversation/types.ts";
import type { ChatDelta, FinishReason } from "../../openai/chat-response.ts";
import { createChoice, type WriteChunk } from "./choice.ts";
import type { ReplyHead } from "./encode.ts";
import { toChatUsage } from "./usage.ts";

export interface ChatStream {
  /** The SSE text of one event of a choice: empty, one chunk or several. */
  push(event: ConverseStreamEvent, choice?: number): string;
  /** The SSE text after the last event: usage where it was asked for, then `[DONE]`. */
  end(): string;
}

/**
 * ConverseStream events of one answer, or of several side by side, as one stream of chat completion chunks with one
 * head in common. Usage is the sum over the answers.
 */
export function createChatStream(head: ReplyHead, includeUsage: boolean, choices = 1): ChatStream {
  const before = `data: {"id":${JSON.stringify(head.id)},"object":"chat.completion.chunk","created":${head.created},"model":${JSON.stringify(head.model)},"choices":`;
  const after = includeUsage ? `,"usage":null}\n\n` : `}\n\n`;
  const usages: Usage[] = [];
  const states = Array.from({ length: choices }, (_, index) =>
    createChoice(chunkWriter(before, index, after)),
  );
  return {
    push(event, choice = 0) {
      if (event.metadata?.usage) usages.push(event.metadata.usage);
      return states[choice]!(event);
    },
    end() {
      const last =
        includeUsage && usages.length > 0
          ? `${before}[],"usage":${JSON.stringify(toChatUsage(usages))}}\n\n`
          : "";
      return `${last}data: [DONE]\n\n`;
    },
  };
}

/** The parts of a chunk that never change are put together once for the stream. */
function chunkWriter(before: string, index: number, after: string): WriteChunk {
  const start = `${before}[{"index":${index},"delta":`;
  const end = (finish: string): string => `,"logprobs":null,"finish_reason":${finish}}]${after}`;
  const goesOn = end("null");
  const textStart = `${start}{"content":`;
  const textEnd = `}${goesOn}`;
  return Object.assign(
    (delta: ChatDelta, finish?: FinishReason) =>
      start + JSON.stringify(delta) + (finish ? end(`"${finish}"`) : goesOn),
    { text: (content: string) => textStart + JSON.stringify(content) + textEnd },
  );
}
