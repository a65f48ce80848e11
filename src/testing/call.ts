import type { Account } from "./account.ts";
import type { Pacing } from "./reply.ts";
import type { Outcome } from "./wire/deliver.ts";

/** One request, read and authorized, on its way to an operation. */
export interface Call {
  account: Account;
  /** Decoded; empty where the path has none. */
  modelId: string;
  /** What the path names after it, decoded. */
  beside?: readonly string[];
  query: Record<string, string>;
  /** Lower-case names. */
  headers: Record<string, string>;
  requestId: string;
  /** The parsed JSON; undefined where there is none. */
  body: unknown;
  bodyBytes: number;
}

/** What an operation makes of a call. */
export interface Answer {
  outcome: Outcome;
  pacing?: Pacing;
}

/** What is known of a request before it is served; the body only once it has arrived. */
export interface Caller {
  headers: Record<string, string>;
  body: unknown;
}

/** One operation, and what belongs to its path alone. */
export interface Route {
  operation: string;
  method: string;
  /**
   * Group 1, where there is one, is the model id: one percent-encoded segment, as AWS insists. In the place of a model
   * it may be what else a path is about; further groups are what it names besides.
   */
  path: RegExp;
  /** The body is the model's affair: what is not JSON is refused by the operation itself. */
  nativeBody?: boolean;
  /** The name that signatures are scoped to. Default: `bedrock`. */
  service?: "bedrock-mantle";
  /** Decides whose a path is that two hosts share. Default: this route's. */
  takes?(caller: Caller): boolean;
  /** On the paths of OpenAI's and Anthropic's APIs: their shape of an error. The model stands in the body there. */
  refuse?(error: unknown, requestId: string): Outcome;
  /** Takes an API key as `x-api-key` too. */
  apiKeyHeader?: boolean;
  /** Takes signatures alone. */
  signedOnly?: boolean;
  serve(call: Call): Answer;
}
