import type { CallContext } from "../../context.ts";
import type { ConverseStreamEvent } from "../../conversation/types.ts";
import type { ChatCompletion, ChatCompletionChunk } from "../../openai/chat-response.ts";
import type { Explanation } from "../ask.ts";
import type { ReplyHead } from "../reply/head.ts";
import type { Passing, told } from "./native/told.ts";
import type { StreamForm } from "./stream.ts";

/** Answers that are being translated, side by side. */
export interface Translating {
  arrivals: AsyncIterable<[number, ConverseStreamEvent[]]>;
  head: ReplyHead;
  form: StreamForm;
}

/** What a stream is told in: text on the wire, or the chunks themselves. Whoever is at its end has released the call. */
export interface ChatMedium<Told> {
  translated(answers: Translating, context: CallContext): AsyncIterableIterator<Told, unknown, undefined>;
  /**
   * @param passing What AWS's own chat endpoint answers.
   * @param tell Tells it by an outlet; most processes never load it.
   */
  passed(
    passing: Passing,
    context: CallContext,
    tell: typeof told,
  ): AsyncIterableIterator<Told, unknown, undefined>;
  /** The chunks that a piece tells. */
  chunksIn(told: Told): readonly ChatCompletionChunk[];
  /** Whether the answer is over with a piece. */
  isEnd(told: Told): boolean;
  /** No piece says that the answer is over. */
  endsSilently: boolean;
  /** A failure as the last piece. @throws The failure, where nothing stands for it. */
  failed(thrown: unknown, context: CallContext): Told;
}

export type ChatAnswer<Told> =
  | { explanation: Explanation }
  | { completion: ChatCompletion }
  | { stream: AsyncIterableIterator<Told, unknown, undefined> };
