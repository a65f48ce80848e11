import type {
  Conversation,
  ConverseResponse,
  ConverseStreamEvent,
  JsonObject,
} from "../../conversation/types.ts";
import type { Attachments } from "../../http/attachments.ts";
import type { Tries } from "../../tries.ts";
import type { Target } from "../models/target.ts";

/** A fitted conversation on its way to a target. */
export interface Letter {
  target: Target;
  conversation: Conversation;
  /** The files that tokens stand for in the conversation. */
  attachments: Attachments;
  signal: AbortSignal;
  tries: Tries;
}

export interface Reply<T> {
  requestId: string | undefined;
  value: T;
}

/** A letter of which only the words matter. */
export type Unsent = Omit<Letter, "signal" | "tries">;

/** An exact request, as the courier would send it. */
export interface AwsRequest {
  method: "POST";
  /** As it stands on the request line. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  body: JsonObject;
}

/**
 * One API that serves models. All look as if they were Converse.
 * @throws BedrockOpenAIError from every method, and while events are read.
 */
export interface Surface {
  /** The exact request that `converse` or `converseStream` would send. */
  explain(letter: Unsent, stream: boolean): AwsRequest;
  converse(letter: Letter): Promise<Reply<ConverseResponse>>;
  /** Resolves with the response headers; the events come grouped as they arrived. */
  converseStream(letter: Letter): Promise<Reply<AsyncIterable<ConverseStreamEvent[]>>>;
}
