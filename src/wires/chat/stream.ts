import type { ChatDelta, FinishReason } from "../../openai/chat-response.ts";
import type { FrameWriter } from "../frames.ts";
import type { ReplyHead } from "../reply/head.ts";
import { createLastWords } from "../reply/last-words.ts";
import { createChoice, type WriteChunk } from "./reply/choice.ts";
import { PLAIN_FORM, type ReplyForm } from "./reply/form.ts";

export interface StreamForm extends ReplyForm {
  includeUsage: boolean;
  /** How many choices run side by side. */
  choices: number;
}

/**
 * ConverseStream events of one answer, or of several side by side, as one stream of chat completion chunks with one
 * head in common. Usage is the sum over the answers.
 */
export function createChatStream(head: ReplyHead, asked: Partial<StreamForm> = {}): FrameWriter {
  const { includeUsage, choices, ...form }: StreamForm = {
    ...PLAIN_FORM,
    includeUsage: false,
    choices: 1,
    ...asked,
  };
  const before = `data: {"id":${JSON.stringify(head.id)},"object":"chat.completion.chunk","created":${head.created},"model":${JSON.stringify(head.model)},"choices":`;
  const after = includeUsage ? `,"usage":null}\n\n` : `}\n\n`;
  const last = createLastWords({ includeUsage, extras: form.extras });
  const states = Array.from({ length: choices }, (_, index) =>
    createChoice(chunkWriter(before, index, after), form),
  );

  return {
    push(event, choice = 0) {
      last.hear(event);
      return states[choice]!(event);
    },
    end() {
      const told = last.told();
      return `${told ? `${before}[],${JSON.stringify(told).slice(1)}\n\n` : ""}data: [DONE]\n\n`;
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
