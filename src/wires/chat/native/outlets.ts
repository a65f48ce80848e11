import type { ChatCompletionChunk } from "../../../openai/chat-response.ts";
import { failureFrame } from "../../../flow/failure-frame.ts";
import { streamFailure } from "../../../flow/stream-failure.ts";
import type { Outlet } from "./told.ts";

const frame = (json: string): string => `data: ${json}\n\n`;

/** SSE text, what arrived together in one piece. A failure is the last frame, never `[DONE]`. */
export const FRAMES: Outlet<string, string> = {
  kept: (json) => json,
  made: (chunk) => JSON.stringify(chunk),
  tell(chunks) {
    let frames = "";
    for (const chunk of chunks) frames += frame(chunk);
    return frames === "" ? [] : [frames];
  },
  end: (last) => [`${last === undefined ? "" : frame(last)}data: [DONE]\n\n`],
  failed: failureFrame,
};

/** The chunks themselves. */
export const CHUNKS: Outlet<ChatCompletionChunk, ChatCompletionChunk> = {
  kept: (json) => JSON.parse(json) as ChatCompletionChunk,
  // It is edited into one, with all that AWS says beside.
  made: (chunk) => chunk as object as ChatCompletionChunk,
  tell: (chunks) => chunks,
  end: (last) => (last ? [last] : []),
  failed(thrown, context) {
    throw streamFailure(thrown, context);
  },
};
