import type { ResolvedOptions } from "../options.ts";
import type { Observer } from "./observer.ts";
import { report } from "./safely.ts";
import type { UsageEvent } from "./usage-event.ts";

/** Tells `onUsage` of every call that was sent to AWS. */
export function createUsageReport({
  onUsage,
  logger,
}: Pick<ResolvedOptions, "onUsage" | "logger">): Observer | undefined {
  if (!onUsage) return undefined;
  return {
    wants: ({ record }) => record.answeredBy !== undefined && record.operation !== undefined,
    over(_, event) {
      // An async function is one too: nobody waits for it, and its failure must not end the process.
      const told: unknown = onUsage(event as UsageEvent);
      if (told !== undefined) Promise.resolve(told).catch((cause: unknown) => report(logger, cause));
    },
  };
}
