import type { ChatCompletionChunk } from "../../../openai/chat-response.ts";

const DATA = "data: ";
export const DONE = "data: [DONE]\n\n";

/** The chunks in SSE text of our own: whole frames, each of one line. A failure is no chunk. */
export const chunksIn = (frames: string): ChatCompletionChunk[] =>
  frames.split("\n\n").flatMap((frame) => {
    if (!frame.startsWith(`${DATA}{`)) return [];
    const said = JSON.parse(frame.slice(DATA.length)) as ChatCompletionChunk | { error: object };
    return "choices" in said ? [said] : [];
  });
