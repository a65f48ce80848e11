import type { Adjustment } from "../adjustments.ts";
import type { Caller } from "../gate/caller.ts";
import type { Logger } from "../options.ts";
import type { CallRecord } from "./record.ts";

/** As much of a call as those see who watch it. */
export interface Watched {
  readonly requestId: string;
  /** Headers of the answer. */
  readonly headers: Readonly<Record<string, string>>;
  readonly adjustments: readonly Adjustment[];
  /** Who calls, as `authorize` knows it. */
  readonly caller: Caller;
  readonly record: CallRecord;
  readonly log: Logger;
  /** Fires when the caller leaves. */
  readonly signal: AbortSignal;
}
