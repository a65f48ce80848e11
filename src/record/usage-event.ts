import type { Adjustment } from "../adjustments.ts";
import type { AnsweredBy, Operation, Tokens } from "./record.ts";

/** What `onUsage` is told of a call that was sent to AWS, when it is over. */
export interface UsageEvent {
  requestId: string;
  operation: Operation;
  /** The request's `model`. */
  asked: string;
  /** The target that answered, or that failed last. */
  target: AnsweredBy | undefined;
  /** What `authorize` calls the caller. */
  caller: string | undefined;
  stream: boolean;
  /** Of the answer; of a stream that failed later, that of the failure. */
  status: number;
  /** The code of the failure. */
  error: string | undefined;
  /** Undefined where AWS did not tell. */
  tokens: Tokens | undefined;
  /** By the option `prices`, in their currency; undefined where there is no price or no count. */
  cost: number | undefined;
  /** Milliseconds from the request to the end of the answer. */
  duration: number;
  /** Milliseconds to the first piece of a streamed answer. */
  firstToken: number | undefined;
  adjustments: readonly Adjustment[];
}

/** For a million tokens, in a currency of yours. */
export interface Price {
  /** Of input that is neither read from the cache nor written to it. */
  input: number;
  output?: number;
  /** Default: as `input`. */
  cached?: number;
  /** Default: as `input`. */
  written?: number;
}

export interface TelemetryOptions {
  /** Also put prompts and answers into spans. Default: `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT`. */
  captureContent?: boolean;
}
