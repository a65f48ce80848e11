import type { CallContext } from "../context.ts";
import type { ResolvedOptions } from "../options.ts";

/** Whoever is told of calls: the log line, `onUsage`, diagnostics channels, OpenTelemetry. */
export interface Observe {
  /** Runs a call from its first step to the answer's headers, so that what it starts belongs to it. */
  around<T>(context: CallContext, call: () => Promise<T>): Promise<T>;
  /** The call is over, a stream with its last byte or when its reader left. */
  over(context: CallContext): void;
}

export const createObserve = (_options: ResolvedOptions): Observe => ({
  around: (_context, call) => call(),
  over: () => undefined,
});
