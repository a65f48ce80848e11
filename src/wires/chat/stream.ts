import { keepShape } from "../../keep-shape.ts";
import type { ConverseStreamEvent } from "../../conversation/types.ts";
import type { ChatCompletionChunk } from "../../openai/chat-response.ts";
import type { ChunkWriter } from "../chunks.ts";
import type { FrameWriter } from "../frames.ts";
import type { ReplyHead } from "../reply/head.ts";
import { LastWords } from "../reply/last-words.ts";
import { Choice } from "./reply/choice.ts";
import { PLAIN_FORM, type ReplyForm } from "./reply/form.ts";
import { objectPen } from "./reply/object-pen.ts";
import type { Pen } from "./reply/pen.ts";
import { TextPen } from "./reply/text-pen.ts";

export interface StreamForm extends ReplyForm {
  includeUsage: boolean;
  /** How many choices run side by side. */
  choices: number;
}

/**
 * ConverseStream events of one answer, or of several side by side, as one stream of chat completion chunks with one
 * head in common. Usage is the sum over the answers.
 */
export const createChatStream = (head: ReplyHead, asked: Partial<StreamForm> = {}): FrameWriter =>
  new ChatStream(new TextPen(head, asked.includeUsage), asked);

/** The same as the chunks themselves. */
export const createChatChunks = (
  head: ReplyHead,
  asked: Partial<StreamForm> = {},
): ChunkWriter<ChatCompletionChunk> => new ChatStream(objectPen(head, asked.includeUsage), asked);

class ChatStream<Written> {
  readonly #pen: Pen<Written>;
  readonly #choices: readonly Choice[];
  readonly #last: LastWords;

  constructor(pen: Pen<Written>, asked: Partial<StreamForm>) {
    const { includeUsage, choices, ...form }: StreamForm = {
      ...PLAIN_FORM,
      includeUsage: false,
      choices: 1,
      ...asked,
    };
    this.#pen = pen;
    this.#last = new LastWords({ includeUsage, extras: form.extras });
    this.#choices = Array.from({ length: choices }, (_, index) => new Choice(pen.chunks(index), form));
  }

  push(event: ConverseStreamEvent, choice = 0): Written {
    this.#last.hear(event);
    this.#choices[choice]!.push(event);
    return this.#pen.take();
  }

  end(): Written {
    this.#pen.end(this.#last.told());
    return this.#pen.take();
  }
}

keepShape(createChatStream({ id: "", created: 0, model: "" }));
