import type { ResolvedOptions } from "../options.ts";
import { toCallEvent } from "./call-event.ts";
import { createChannels } from "./channels.ts";
import { createLogLine } from "./log-line.ts";
import type { Observer } from "./observer.ts";
import { type OwnContext, ownContext } from "./own-context.ts";
import type { AnsweredBy } from "./record.ts";
import { safely } from "./safely.ts";
import { createUsageReport } from "./usage-report.ts";
import type { Price } from "./usage-event.ts";
import type { Watched } from "./watched.ts";

/** Whoever is told of calls: the log line, `onUsage`, diagnostics channels, OpenTelemetry. */
export interface Observe {
  /** Runs a call from its first step to the answer's headers, so that what it starts belongs to it. */
  around<T>(context: Watched, call: () => Promise<T>): Promise<T>;
  /** It is known what is asked of which model. */
  asked(context: Watched): void;
  /** The call is over, a stream with its last byte or when its reader left. */
  over(context: Watched): void;
}

/**
 * @param priceOf What a model costs, as the operator says.
 * @param telemetry Who tells OpenTelemetry, where it is to be told.
 */
export function createObserve(
  options: Pick<ResolvedOptions, "logger" | "onUsage">,
  priceOf: (target: AnsweredBy) => Price | undefined,
  telemetry: Observer | undefined,
): Observe {
  const { logger } = options;
  const channels = createChannels();
  const observers = [createLogLine(logger), createUsageReport(options), channels, telemetry].filter(
    (each): each is Observer => each !== undefined,
  );
  const isHeard = (context: Watched): boolean =>
    observers.some((each) => each !== channels || channels.wants?.(context));
  const around = observers.flatMap((observer) => observer.around?.bind(observer) ?? []).toReversed();
  const tell = (context: Watched): void => {
    const told = observers.filter((observer) => observer.wants?.(context) ?? true);
    if (told.length === 0) return;
    const event = toCallEvent(context, priceOf);
    for (const observer of told) safely(logger, () => observer.over(context, event));
  };
  return {
    around(context, call) {
      const { record } = context;
      record.begun = true;
      const begin = (): ReturnType<typeof call> => {
        if (isHeard(context)) record.ownContext = ownContext();
        return call();
      };
      return around.reduce((inner, layer) => () => layer(context, inner), begin)();
    },
    asked(context) {
      for (const observer of observers) if (observer.asked) safely(logger, () => observer.asked!(context));
      // It may be large, and a stream long: from here on only who keeps prompts reads it.
      if (!context.record.captured) context.record.request = undefined;
    },
    over(context) {
      const { begun, ownContext: within = directly } = context.record;
      if (begun) within(() => safely(logger, () => tell(context)));
    },
  };
}

const directly: OwnContext = (run) => run();
