import type { ConverseResponse, ConverseStreamEvent } from "../conversation/types.ts";
import { choicesOf, createChatAnswers } from "./captured-chat.ts";
import { createStreamedAnswer, partsOf } from "./captured-parts.ts";
import { toFinishReason } from "./finish-reason.ts";
import type { OutputMessage } from "./output-message.ts";

/** Keeps what was answered, for spans whose operator asked for it. */
export interface Captured {
  /** As far as they have come. */
  readonly messages: readonly OutputMessage[];
  whole(response: ConverseResponse): void;
  /** One streamed answer: what is to be told of its events. */
  streamed(): (event: ConverseStreamEvent) => void;
  /** OpenAI's choices, whole or as a chunk has them. */
  chat(choices: unknown): void;
}

/** What no end was heard of. */
export const BROKEN_OFF = "error";

export function createCaptured(): Captured {
  const messages: OutputMessage[] = [];
  const open = (): OutputMessage => {
    const message: OutputMessage = { role: "assistant", parts: [], finish_reason: BROKEN_OFF };
    messages.push(message);
    return message;
  };
  const chat = createChatAnswers(open);
  return {
    messages,
    whole({ output, stopReason }) {
      const message = open();
      message.parts.push(...output.message.content.flatMap(partsOf));
      message.finish_reason = toFinishReason(stopReason);
    },
    streamed() {
      let answer: ReturnType<typeof createStreamedAnswer> | undefined;
      return (event) => {
        // What failed before it said something is no answer, and may be tried again.
        if (event.messageStart || event.metadata) return;
        answer ??= createStreamedAnswer(open());
        answer(event);
      };
    },
    chat(choices) {
      for (const choice of choicesOf(choices)) chat(choice);
    },
  };
}
