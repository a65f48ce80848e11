import type { BedrockOpenAIError } from "../errors.ts";
import type { Captured } from "./captured.ts";
import type { OwnContext } from "./own-context.ts";

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
  /** Of `written`, what is kept for an hour. */
  writtenForAnHour: number;
  reasoning: number;
}

/** Which target answered. */
export interface AnsweredBy {
  /** Id or ARN. */
  model: string;
  /** Undefined on a server of the operator's own. */
  region: string | undefined;
  surface: string;
  /** The base id of what is behind it, where it is known: `amazon.nova-pro-v1:0`. */
  family?: string | undefined;
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
  /** Those who watch calls have been told of it. */
  begun: boolean;
  /** Where those are told of its end who watch it; undefined where nobody does. */
  ownContext: OwnContext | undefined;
  /** Of HTTP; undefined in process. */
  method: string | undefined;
  /** The path as the table of routes has it, `/chat/completions`; undefined in process and for an unknown path. */
  route: string | undefined;
  operation: Operation | undefined;
  /** The request's `model`. */
  asked: string | undefined;
  /** The validated body, for those who watch its parameters. */
  request: Readonly<Record<string, unknown>> | undefined;
  stream: boolean;
  /** Set with the first try: what was sent to AWS has one. */
  answeredBy: AnsweredBy | undefined;
  /** Targets that were tried before and failed. */
  failedOver: number;
  tokens: Tokens | undefined;
  /** Of `performance.now()`: when the first piece of a streamed answer came from AWS. */
  firstTokenAt: number | undefined;
  /** The answer's own `id`, as the caller is told it. */
  responseId: string | undefined;
  /** Why each of the answers ended, in the words of OpenTelemetry's conventions. */
  readonly finishReasons: string[];
  /** The tier that AWS served the call in, where it told. */
  serviceTier: string | undefined;
  /** Where prompts and answers are kept; undefined where nobody asked for them. */
  captured: Captured | undefined;
  /** Of the answer; of a stream 200 although it may have failed later. Undefined in process. */
  status: number | undefined;
  error: BedrockOpenAIError | undefined;
}

export const createRecord = (): CallRecord => ({
  started: performance.now(),
  begun: false,
  ownContext: undefined,
  method: undefined,
  route: undefined,
  operation: undefined,
  asked: undefined,
  request: undefined,
  stream: false,
  answeredBy: undefined,
  failedOver: 0,
  tokens: undefined,
  firstTokenAt: undefined,
  responseId: undefined,
  finishReasons: [],
  serviceTier: undefined,
  captured: undefined,
  status: undefined,
  error: undefined,
});
