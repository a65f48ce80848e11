import type { BedrockOpenAIError } from "../errors.ts";

/** What a call costs, by kind. */
export interface Tokens {
  /** All of the prompt, of it `cached` and `written`. */
  input: number;
  /** All of the answer, of it `reasoning`. */
  output: number;
  /** Read from the prompt cache. */
  cached: number;
  /** Written to the prompt cache. */
  written: number;
  reasoning: number;
}

/** Which target answered. */
export interface AnsweredBy {
  /** Id or ARN. */
  model: string;
  /** Undefined on a server of the operator's own. */
  region: string | undefined;
  surface: string;
}

/** What a call does, in the words of OpenTelemetry's conventions where they have one. */
export type Operation =
  | "chat"
  | "text_completion"
  | "embeddings"
  | "image_generation"
  | "rerank"
  | "moderation"
  | "pass_through";

/** What is known of a call; it fills while the call runs. */
export interface CallRecord {
  /** Of `performance.now()`. */
  readonly started: number;
  operation: Operation | undefined;
  /** The request's `model`. */
  asked: string | undefined;
  /** The validated body, for those who watch its parameters. */
  request: Readonly<Record<string, unknown>> | undefined;
  stream: boolean;
  answeredBy: AnsweredBy | undefined;
  /** Targets that were tried before and failed. */
  failedOver: number;
  tokens: Tokens | undefined;
  /** Of `performance.now()`: when the first piece of a streamed answer came from AWS. */
  firstTokenAt: number | undefined;
  /** Of the answer; of a stream 200 although it may have failed later. */
  status: number | undefined;
  error: BedrockOpenAIError | undefined;
}

export const createRecord = (): CallRecord => ({
  started: performance.now(),
  operation: undefined,
  asked: undefined,
  request: undefined,
  stream: false,
  answeredBy: undefined,
  failedOver: 0,
  tokens: undefined,
  firstTokenAt: undefined,
  status: undefined,
  error: undefined,
});
