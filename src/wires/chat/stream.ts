import type { ConverseStreamEvent } from "../../conversation/types.ts";
import type { ChatCompletionChunk } from "../../openai/chat-response.ts";
import type { ChunkWriter } from "../chunks.ts";
import type { FrameWriter } from "../frames.ts";
import type { ReplyHead } from "../reply/head.ts";
import { createLastWords } from "../reply/last-words.ts";
import { createChoice } from "./reply/choice.ts";
import { PLAIN_FORM, type ReplyForm } from "./reply/form.ts";
import { objectPen } from "./reply/object-pen.ts";
import type { Pen } from "./reply/pen.ts";
import { textPen } from "./reply/text-pen.ts";

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
  const stream = createStream(textPen(head, asked.includeUsage), asked);
  return { push: stream.push, end: () => `${stream.end()}data: [DONE]\n\n` };
}

/** The same as the chunks themselves. */
export const createChatChunks = (
  head: ReplyHead,
  asked: Partial<StreamForm> = {},
): ChunkWriter<ChatCompletionChunk> => createStream(objectPen(head, asked.includeUsage), asked);

interface Stream<Written> {
  push(event: ConverseStreamEvent, choice?: number): Written;
  end(): Written;
}

function createStream<Written>(pen: Pen<Written>, asked: Partial<StreamForm>): Stream<Written> {
  const { includeUsage, choices, ...form }: StreamForm = {
    ...PLAIN_FORM,
    includeUsage: false,
    choices: 1,
    ...asked,
  };
  const last = createLastWords({ includeUsage, extras: form.extras });
  const states = Array.from({ length: choices }, (_, index) => createChoice(pen.chunks(index), form));
  return {
    push(event, choice = 0) {
      last.hear(event);
      states[choice]!(event);
      return pen.take();
    },
    end() {
      const told = last.told();
      if (told) pen.last(told);
      return pen.take();
    },
  };
}
