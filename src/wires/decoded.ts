import type { Adjustment } from "../adjustments.ts";
import type { Places } from "../conversation/fitting.ts";
import type { CachePoint, Conversation } from "../conversation/types.ts";
import type { Attachments } from "../http/attachments.ts";

/** A request in the conversation's terms, before any model's wishes are known. */
export interface Decoded {
  conversation: Conversation;
  adjustments: readonly Adjustment[];
  places: Places;
  /** Parameters that only the model may know. */
  foreign: ReadonlySet<string>;
  /** Parameters that the caller did not send, and is not told about. */
  quiet: ReadonlySet<string>;
  /** What the wire calls a parameter that chat calls otherwise. Default: as chat does. */
  wording?: (param: string) => string;
  /** Everything is to be cached that the model can. */
  autoCache: { ttl?: CachePoint["ttl"] } | undefined;
  /** The answer is to be JSON, whatever the model says around it. */
  jsonText: boolean;
  /** What AWS says behind an answer is asked for: usage, or its own words. */
  lastWords: boolean;
  /** The files that tokens stand for in the conversation. */
  attachments: Attachments;
}
