import type { ModelEntry } from "../bedrock/models/aliases.ts";

/** What `authorize` may say of a caller, beside that it may call. */
export interface Caller {
  /** Who it is: a key of `limits`, and what `onUsage` and the log line name. Never sent to AWS. */
  id?: string;
  /** The models that it may name, `*` for any characters; also `GET /models` lists no others. Default: all. */
  models?: readonly string[];
  /** Bounds for all calls with the same `id`, held in this process. Beyond them a call is a 429 with `retry-after`. */
  limits?: CallerLimits;
  /** Stamped into Bedrock's `requestMetadata`, over whatever the request says under the same keys. */
  metadata?: Readonly<Record<string, string>>;
  /** Where its calls go and as whom, whatever `models` says: a tenant's own profile, Region or role. */
  target?: Omit<ModelEntry, "defaults" | "fallbacks" | "spread">;
}

export interface CallerLimits {
  /** Calls at the same time, streams until their end. */
  concurrency?: number;
  requestsPerMinute?: number;
  /** Tokens in and out, counted when a call is over: the call that goes beyond the bound is the last of its minute. */
  tokensPerMinute?: number;
}
