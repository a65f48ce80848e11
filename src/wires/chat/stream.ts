import type { ConverseStreamEvent, Usage } from "../../conversation/types.ts";
import { createChoice } from "./choice.ts";
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
    createChoice(
      (delta, finish) =>
        `${before}[{"index":${index},"delta":${JSON.stringify(delta)},"logprobs":null,"finish_reason":${finish ? `"${finish}"` : "null"}}]${after}`,
    ),
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
