import type { Question } from "../questions/question.ts";

/** One of the protocols that a stream is asked for in, of our handler. */
export interface Wire {
  url: string;
  /** The request for a stream; of questions that are text alone. */
  body(question: Question): object;
  /** How many deltas an answer had. @throws for one that is not complete. */
  countDeltas(text: string): number;
}

const counter =
  (end: string, delta: RegExp) =>
  (text: string): number => {
    if (!text.includes(end) || !text.endsWith("\n\n"))
      throw new Error(`The stream is not complete: ${text.slice(-300)}`);
    return text.match(delta)?.length ?? 0;
  };

export const WIRES = {
  chat: {
    url: "http://bedrock/v1/chat/completions",
    body: (question) => ({ ...question.openai(), stream: true }),
    countDeltas: counter("data: [DONE]\n\n", /"delta":\{"content":"[^"]/g),
  },
  responses: {
    url: "http://bedrock/v1/responses",
    body(question) {
      const { model, messages, max_tokens, temperature } = question.openai();
      return { model, input: messages, max_output_tokens: max_tokens, temperature, stream: true };
    },
    countDeltas: counter("event: response.completed\n", /^event: response\.output_text\.delta$/gm),
  },
  messages: {
    url: "http://bedrock/v1/messages",
    body(question) {
      const { model, messages, max_tokens, temperature } = question.openai();
      const [{ content: system }, ...others] = messages as [{ content: string }, ...object[]];
      // By Converse, as every model is called that does not speak the protocol itself.
      return { model: `converse/${model}`, system, messages: others, max_tokens, temperature, stream: true };
    },
    countDeltas: counter("event: message_stop\n", /^event: content_block_delta$/gm),
  },
} satisfies Record<string, Wire>;
