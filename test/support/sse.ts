import type { ChatDelta, ChatUsage } from "../../src/openai/chat-response.ts";

export interface Chunk {
  id: string;
  choices: { index: number; delta: ChatDelta; finish_reason: string | null }[];
  usage?: ChatUsage | null;
  error?: { message: string; type: string; param: string | null; code: string | null };
}

/** The data frames of an event stream; refuses anything a strict client would refuse. */
export function chunksOf(text: string): { chunks: Chunk[]; done: boolean } {
  const chunks: Chunk[] = [];
  let done = false;
  for (const event of text.split("\n\n")) {
    if (event === "" || event.startsWith(":")) continue;
    if (done) throw new Error(`a frame after [DONE]: ${event}`);
    if (!event.startsWith("data: ") || event.includes("\n")) throw new Error(`not one data line: ${event}`);
    const data = event.slice("data: ".length);
    if (data === "[DONE]") done = true;
    else chunks.push(JSON.parse(data) as Chunk);
  }
  return { chunks, done };
}
