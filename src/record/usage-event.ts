import type { Adjustment } from "../adjustments.ts";
import type { AnsweredBy, Operation, Tokens } from "./record.ts";

/** What is known of a call when it is over. */
export interface CallEvent {
  requestId: string;
  /** AWS's own id of it, of several calls that of one, for AWS's support. */
  awsRequestId: string | undefined;
  /** Of HTTP; undefined in process. */
  method: string | undefined;
  /** As it is documented, `/chat/completions`; undefined in process and for an unknown path. */
  route: string | undefined;
  /** Undefined for what asks nothing of a model. */
  operation: Operation | undefined;
  /** The request's `model`, of a very long one the beginning. */
  asked: string | undefined;
  /** The target that answered, or that failed last; undefined where nothing was sent. */
  target: AnsweredBy | undefined;
  /** Targets that were tried before and failed. */
  failedOver: number;
  /** What `authorize` calls the caller. */
  caller: string | undefined;
  stream: boolean;
  /** Of the answer; of a stream that failed later, that of the failure; 499 where the caller left. */
  status: number;
  /** The code of the failure; `client_closed` where the caller left. */
  error: string | undefined;
  /** What AWS has counted, also of answers that were not told to their end; undefined where it did not. */
  tokens: Tokens | undefined;
  /** The tier that AWS served it in, where it told: `default`, `flex`, `priority`, `reserved`. */
  serviceTier: string | undefined;
  /** By the option `prices`, in their currency; undefined where there is no price or no count. */
  cost: number | undefined;
  /** Milliseconds from the request to the end of the answer. */
  duration: number;
  /** Milliseconds to the first piece of a streamed answer. */
  firstToken: number | undefined;
  adjustments: readonly Adjustment[];
}

/** What `onUsage` is told of a call that was sent to AWS, when it is over. */
export interface UsageEvent extends CallEvent {
  operation: Operation;
  asked: string;
}

/** For a million tokens, in a currency of yours. */
export interface Price {
  /** Of input that is neither read from the cache nor written to it. */
  input: number;
  /** Default: nothing, as for models that only embed. */
  output?: number;
  /** Default: as `input`. */
  cached?: number;
  /** Default: as `input`. */
  written?: number;
  /** Of what the cache keeps for an hour. Default: as `written`. */
  writtenForAnHour?: number;
  /** What other service tiers cost, as a factor of all this: `{ flex: 0.5 }`. Default: 1. */
  tiers?: Readonly<Record<string, number>>;
}

export interface TelemetryOptions {
  /** Also put prompts and answers into spans. Default: `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT`. */
  captureContent?: boolean;
}
