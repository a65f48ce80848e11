import type { ChatCompletionChunk, ChatDelta, FinishReason } from "../../../openai/chat-response.ts";
import type { ReplyHead } from "../../reply/head.ts";
import type { Pen } from "./pen.ts";

/** Chunks as objects that share nothing with each other. */
export function objectPen(
  { id, created, model }: ReplyHead,
  includeUsage = false,
): Pen<ChatCompletionChunk[]> {
  const head = { id, object: "chat.completion.chunk", created, model } as const;
  let written: ChatCompletionChunk[] = [];

  return {
    chunks(index) {
      const write = (delta: ChatDelta, finish: FinishReason | null = null): void => {
        const choice = { index, delta, logprobs: null, finish_reason: finish };
        written.push({ ...head, choices: [choice], ...(includeUsage && { usage: null }) });
      };
      return { delta: write, text: (content) => write({ content }) };
    },
    end(told) {
      if (told) written.push({ ...head, choices: [], ...told });
    },
    take() {
      const taken = written;
      written = [];
      return taken;
    },
  };
}
