import type { ModelEntry } from "../bedrock/models/aliases.ts";

/**
 * What `authorize` may say of a caller, beside that it may call. One that says nothing, or a member that is there and undefined,
 * is a 500: what was looked up and not found means no leave.
 */
export interface Caller {
  /** Who it is: a key of `limits`, and what `onUsage` and the log line name. Never sent to AWS. */
  id?: string;
  /**
   * The models that it may name: names of the option `models`, ids and ARNs. `*` stands for any characters but `/`, and alone for
   * everything. Others are a 403, and `GET /models` does not list them. Default: all.
   */
  models?: readonly string[];
  /** Bounds for all calls with the same `id`, which is then needed, held in this process. Beyond them: 429 with `retry-after`. */
  limits?: CallerLimits;
  /** Stamped into Bedrock's `requestMetadata`, over whatever the request says under the same keys. At most 16 pairs, of AWS's characters. */
  metadata?: Readonly<Record<string, string>>;
  /** Where its calls go and as whom, whatever `models` says: a tenant's own profile, Region or role. */
  target?: Omit<ModelEntry, "defaults" | "fallbacks" | "spread">;
}

export interface CallerLimits {
  /** Calls at the same time, streams until their end. */
  concurrency?: number;
  /** They come back evenly. */
  requestsPerMinute?: number;
  /** Tokens in and out, counted when a call is over: the call that goes beyond the bound is the last, for a minute at the most. */
  tokensPerMinute?: number;
}
