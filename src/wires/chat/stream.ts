import type { ConverseStreamEvent } from "../../conversation/types.ts";
import type { BedrockExtras, ChatDelta, FinishReason } from "../../openai/chat-response.ts";
import { createChoice, type WriteChunk } from "./reply/choice.ts";
import { type ReplyHead, toExtras, toServiceTier } from "./encode.ts";
import { PLAIN_FORM, type ReplyForm } from "./reply/form.ts";
import { type Counted, toChatUsage } from "./reply/usage.ts";

export interface ChatStream {
  /** The SSE text of one event of a choice: empty, one chunk or several. */
  push(event: ConverseStreamEvent, choice?: number): string;
  /** The SSE text after the last event: usage where it was asked for, then `[DONE]`. */
  end(): string;
}

export interface StreamForm extends ReplyForm {
  includeUsage: boolean;
  /** How many choices run side by side. */
  choices: number;
}

/**
 * ConverseStream events of one answer, or of several side by side, as one stream of chat completion chunks with one
 * head in common. Usage is the sum over the answers.
 */
export function createChatStream(head: ReplyHead, asked: Partial<StreamForm> = {}): ChatStream {
  const { includeUsage, choices, ...form }: StreamForm = {
    ...PLAIN_FORM,
    includeUsage: false,
    choices: 1,
    ...asked,
  };
  const before = `data: {"id":${JSON.stringify(head.id)},"object":"chat.completion.chunk","created":${head.created},"model":${JSON.stringify(head.model)},"choices":`;
  const after = includeUsage ? `,"usage":null}\n\n` : `}\n\n`;
  const counted: Counted[] = [];
  let last: object = {};
  const states = Array.from({ length: choices }, (_, index) =>
    createChoice(chunkWriter(before, index, after), form),
  );

  const hear = ({ metadata, messageStop }: ConverseStreamEvent): void => {
    const fields = messageStop?.additionalModelResponseFields;
    if (fields !== undefined) counted.push({ additionalModelResponseFields: fields });
    if (metadata?.usage) counted.push({ usage: metadata.usage });
    const extras: BedrockExtras = {
      ...(metadata?.trace && { trace: metadata.trace }),
      ...(fields !== undefined && { additionalModelResponseFields: fields }),
    };
    last = { ...last, ...toServiceTier(metadata?.serviceTier), ...toExtras(extras) };
  };

  return {
    push(event, choice = 0) {
      if (event.metadata ?? event.messageStop) hear(event);
      return states[choice]!(event);
    },
    end() {
      const usage = includeUsage && counted.some((each) => each.usage) ? { usage: toChatUsage(counted) } : {};
      const final = { ...last, ...usage };
      // Clients that did not ask for a chunk without choices may stumble over it.
      const told = includeUsage || (form.extras && Object.keys(last).length > 0);
      const chunk =
        told && Object.keys(final).length > 0 ? `${before}[],${JSON.stringify(final).slice(1)}\n\n` : "";
      return `${chunk}data: [DONE]\n\n`;
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
