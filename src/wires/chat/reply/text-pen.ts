import type { ChatDelta, FinishReason } from "../../../openai/chat-response.ts";
import type { ReplyHead } from "../../reply/head.ts";
import type { WriteChunk } from "./choice.ts";
import type { Pen } from "./pen.ts";

/** Chunks as SSE text. What never changes is put together once for the stream. */
export function textPen({ id, created, model }: ReplyHead, includeUsage = false): Pen<string> {
  const before = `data: {"id":${JSON.stringify(id)},"object":"chat.completion.chunk","created":${created},"model":${JSON.stringify(model)},"choices":`;
  const after = includeUsage ? `,"usage":null}\n\n` : `}\n\n`;
  const end = (finish: string): string => `,"logprobs":null,"finish_reason":${finish}}]${after}`;
  let written = "";

  return {
    chunks(index): WriteChunk {
      const start = `${before}[{"index":${index},"delta":`;
      const goesOn = end("null");
      const textStart = `${start}{"content":`;
      const textEnd = `}${goesOn}`;
      const write = (delta: ChatDelta, finish?: FinishReason): void => {
        written += start + JSON.stringify(delta) + (finish ? end(`"${finish}"`) : goesOn);
      };
      const text = (content: string): void => {
        written += textStart + JSON.stringify(content) + textEnd;
      };
      return Object.assign(write, { text });
    },
    last(told) {
      written += `${before}[],${JSON.stringify(told).slice(1)}\n\n`;
    },
    take() {
      const taken = written;
      written = "";
      return taken;
    },
  };
}
